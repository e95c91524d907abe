using NaaS.Helm.Charts;
using NaaS.Helm.Go;
using NaaS.Helm.Values;

namespace NaaS.Helm.Schema;

/// <summary>Checks a chart's values against its values.schema.json, and those of its sub charts against theirs.</summary>
internal static class ChartSchema
{
    private const string Url = "file:///values.schema.json";

    /// <summary>Refuses values that a schema does not allow, with Helm's text.</summary>
    public static void Require(WorkingChart chart, GoMap values, Func<Uri, string>? load)
    {
        var problems = Problems(chart, values, load);
        if (problems.Length > 0)
        {
            throw new HelmException("values don't meet the specifications of the schema(s) in the following chart(s):\n" + problems);
        }
    }

    private static string Problems(WorkingChart chart, GoMap values, Func<Uri, string>? load)
    {
        var text = chart.Chart.SchemaText is null ? null : Problem(chart.Chart, values, load);
        var problems = text is null ? "" : $"{GoString.ToText(chart.Name)}:\n{text}";
        foreach (var sub in chart.Dependencies)
        {
            if (values.TryGetValue(sub.Name, out var section) && section is GoMap table)
            {
                problems += Problems(sub, table, load);
            }
        }

        return problems;
    }

    private static string? Problem(Chart chart, GoMap values, Func<Uri, string>? load)
    {
        try
        {
            // A schema that was compiled with the help of a loader is not kept: the next caller may not allow one.
            var schema = load is null ? chart.CompiledSchema(Compile) : new SchemaCompiler(load).Compile(GoString.FromText(chart.SchemaText!), Url);
            return new SchemaValidation().Validate(schema, values) is { } error ? SchemaError.Shown(error) + "\n" : null;
        }
        catch (HelmException e)
        {
            return e.Message;
        }

        static SchemaNode Compile(string text) => new SchemaCompiler(load: null).Compile(GoString.FromText(text), Url);
    }
}
