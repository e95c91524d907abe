namespace NaaS.Standalone.Tracing;

/// <summary>A span as an OpenTelemetry exporter sends it (OTLP, <c>opentelemetry/proto/trace/v1/trace.proto</c>).</summary>
/// <param name="Trace">Id of its trace, in hex.</param>
/// <param name="Id">Its id, in hex.</param>
/// <param name="Parent">Id of its parent; empty for a root.</param>
/// <param name="Service">The program that it is of.</param>
/// <param name="Name">What was done.</param>
/// <param name="Start">Nanoseconds since 1970.</param>
/// <param name="End">Nanoseconds since 1970.</param>
/// <param name="IsError">Whether it failed.</param>
internal sealed record ReceivedSpan(string Trace, string Id, string Parent, string Service, string Name, ulong Start, ulong End, bool IsError)
{
    private const int StatusError = 2;

    /// <summary>The spans of an ExportTraceServiceRequest.</summary>
    public static IReadOnlyList<ReceivedSpan> Of(ReadOnlySpan<byte> request)
    {
        var spans = new List<ReceivedSpan>();
        var reader = new WireReader(request);
        while (reader.Read())
        {
            if (reader.Field == 1)
            {
                AddResource(reader.Value, spans);
            }
        }

        return spans;
    }

    private static void AddResource(ReadOnlySpan<byte> message, List<ReceivedSpan> spans)
    {
        var service = "";
        var reader = new WireReader(message);
        while (reader.Read())
        {
            switch (reader.Field)
            {
                case 1:
                    service = ServiceOf(reader.Value);
                    break;
                case 2:
                    AddScope(reader.Value, service, spans);
                    break;
            }
        }
    }

    private static void AddScope(ReadOnlySpan<byte> message, string service, List<ReceivedSpan> spans)
    {
        var reader = new WireReader(message);
        while (reader.Read())
        {
            if (reader.Field == 2)
            {
                spans.Add(SpanOf(reader.Value, service));
            }
        }
    }

    private static ReceivedSpan SpanOf(ReadOnlySpan<byte> message, string service)
    {
        var span = new ReceivedSpan("", "", "", service, "", 0, 0, false);
        var reader = new WireReader(message);
        while (reader.Read())
        {
            span = reader.Field switch
            {
                1 => span with { Trace = Convert.ToHexStringLower(reader.Value) },
                2 => span with { Id = Convert.ToHexStringLower(reader.Value) },
                4 => span with { Parent = Convert.ToHexStringLower(reader.Value) },
                5 => span with { Name = reader.Text },
                7 => span with { Start = reader.Number },
                8 => span with { End = reader.Number },
                15 => span with { IsError = Field(reader.Value, 3).Number == StatusError },
                _ => span,
            };
        }

        return span;
    }

    private static string ServiceOf(ReadOnlySpan<byte> resource)
    {
        var reader = new WireReader(resource);
        while (reader.Read())
        {
            if (reader.Field == 1 && Field(reader.Value, 1).Text == "service.name")
            {
                return Field(Field(reader.Value, 2).Value, 1).Text;
            }
        }

        return "";
    }

    private static WireReader Field(ReadOnlySpan<byte> message, int field)
    {
        var reader = new WireReader(message);
        while (reader.Read())
        {
            if (reader.Field == field)
            {
                return reader;
            }
        }

        return default;
    }
}
