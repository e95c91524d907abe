using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using NaaS.Helm;
using NaaS.Standalone.Template;

namespace NaaS.Standalone.Specification;

/// <summary><c>naas spec from-chart CHART</c>: a chart's values become a ServiceSpecification with typed knobs, for a catalogue manager to edit and publish.</summary>
internal static class SpecCommand
{
    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Command Create() => new("spec", "Makes service specifications.") { FromChart() };

    private static Command FromChart()
    {
        var chart = new Argument<string>("CHART") { Description = "A folder, an archive, https://..., oci://..., or a name in --repo." };
        var repository = new Option<string?>("--repo") { Description = "Repository that the chart is looked up in, here and by the service." };
        var version = new Option<string?>("--version") { Description = "Version of the chart." };
        var only = new Option<string[]>("--only") { Description = "Path whose values become knobs, such as web.resources; may be given several times (default: all)." };
        var command = new Command("from-chart", "Writes a ServiceSpecification from a chart's values.yaml, its comments and its values.schema.json.")
        {
            chart, repository, version, only,
        };
        command.SetAction((arguments, cancellationToken) => WriteAsync(
            arguments.GetValue(chart)!, arguments.GetValue(repository), arguments.GetValue(version), arguments.GetValue(only) ?? [], cancellationToken));
        return command;
    }

    private static async Task<int> WriteAsync(string location, string? repository, string? version, string[] only, CancellationToken cancellationToken)
    {
        try
        {
            string[] flags = [location, .. Flag("--repo", repository), .. Flag("--version", version)];
            var chart = await ChartLocation.LoadAsync(TemplateFlags.Parse(flags), Console.Error, cancellationToken);
            var specification = ChartSpecification.Of(chart, repository, only);
            Console.WriteLine(specification.ToJsonString(Json));
            return 0;
        }
        catch (Exception exception) when (exception is UsageException or HelmException)
        {
            await Console.Error.WriteLineAsync($"Error: {exception.Message}");
            return 1;
        }
    }

    private static string[] Flag(string name, string? value) => value is null ? [] : [name, value];
}
