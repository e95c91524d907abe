using System.Collections.Concurrent;
using System.CommandLine;
using NaaS.Standalone.Serving;

namespace NaaS.Standalone.Tracing;

/// <summary>
/// <c>naas trace</c>: takes spans from API and worker in place of a collector (OTLP over HTTP), and prints each order's or change's trace as a tree
/// when nothing of it has come for a while; once more where something comes after all.
/// </summary>
internal static class TraceCommand
{
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(15);

    public static Command Create()
    {
        var listen = AddressOption.Create("--listen", "Address that OTEL_EXPORTER_OTLP_ENDPOINT of API and worker names.", new Uri("http://127.0.0.1:4318"));
        var quiet = new Option<TimeSpan>("--quiet") { Description = "How long nothing of a trace has come before it is printed.", DefaultValueFactory = _ => TimeSpan.FromSeconds(10) };
        var command = new Command("trace", "Prints the traces of orders as trees; set OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf for API and worker.") { listen, quiet };
        command.SetAction((arguments, cancellationToken) => RunAsync(arguments.GetValue(listen)!, arguments.GetValue(quiet), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(Uri listen, TimeSpan quiet, CancellationToken cancellationToken)
    {
        var traces = new ConcurrentDictionary<string, Trace>();
        await using var app = Build(listen, traces);
        await app.StartAsync(cancellationToken);
        Console.WriteLine($"waits for spans on {listen}");
        while (!cancellationToken.IsCancellationRequested)
        {
            await Task.Delay(quiet / 4, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            foreach (var (id, trace) in traces.Where(one => one.Value.Age > quiet))
            {
                if (trace.TakeNews() && trace.IsChange)
                {
                    Console.WriteLine(SpanTree.Print([.. trace.Spans]));
                }

                if (trace.Age > Kept)
                {
                    traces.TryRemove(id, out _);
                }
            }
        }

        return 0;
    }

    private static WebApplication Build(Uri listen, ConcurrentDictionary<string, Trace> traces)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls(listen.ToString());
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        var app = builder.Build();
        app.MapPost("/v1/traces", async (HttpRequest request) =>
        {
            using var body = new MemoryStream();
            await request.Body.CopyToAsync(body, request.HttpContext.RequestAborted);
            try
            {
                foreach (var span in ReceivedSpan.Of(body.ToArray()))
                {
                    traces.GetOrAdd(span.Trace, _ => new()).Add(span);
                }
            }
            catch (FormatException exception)
            {
                return Results.Text(exception.Message, statusCode: StatusCodes.Status400BadRequest);
            }

            return Results.Bytes([], "application/x-protobuf");
        });
        return app;
    }

    private sealed class Trace
    {
        private long heard = Environment.TickCount64;
        private int news;

        public ConcurrentQueue<ReceivedSpan> Spans { get; } = new();

        public TimeSpan Age => TimeSpan.FromMilliseconds(Environment.TickCount64 - Volatile.Read(ref heard));

        /// <summary>Whether somebody asked for something to be done, rather than to be told.</summary>
        public bool IsChange => Spans.Any(span => span.Parent.Length == 0 && (span.Name.StartsWith("POST", StringComparison.Ordinal)
            || span.Name.StartsWith("PATCH", StringComparison.Ordinal) || span.Name.StartsWith("DELETE", StringComparison.Ordinal)));

        public void Add(ReceivedSpan span)
        {
            Spans.Enqueue(span);
            Volatile.Write(ref heard, Environment.TickCount64);
            Interlocked.Exchange(ref news, 1);
        }

        /// <summary>Whether something has come since this was asked last.</summary>
        public bool TakeNews() => Interlocked.Exchange(ref news, 0) == 1;
    }
}
