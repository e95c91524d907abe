using NaaS.Helm.Charts;
using NaaS.Helm.Go;
using NaaS.Helm.Releases;
using NaaS.Helm.Rendering;
using NaaS.Helm.Values;
using NaaS.Helm.Yaml;

namespace NaaS.Helm.Command;

/// <summary>
/// Renders with the <c>helm</c> command, a process for each rendering, for those who trust nothing else. Values go through a file in a folder that
/// only this user can read, never over the command line. Names, values, dependencies and schemas are checked here first, so that helm sees
/// nothing without bounds and fetches no schema.
/// </summary>
/// <remarks>
/// What <c>helm template</c> cannot do is not done: <c>lookup</c> finds nothing, random functions roll anew each time, the revision is 1, and whole
/// numbers of <see cref="ReleaseRequest.Set"/> become float64 as all numbers of values files are.
/// </remarks>
public sealed class HelmCommandRenderer(HelmCommandOptions options) : IReleaseRenderer
{
    // Helm does not print notes; this template, which is executed after them, does. Its name is not one that a chart would have.
    private const string NotesName = "templates/-naas-notes.yaml";
    private const string NotesText = "notes: {{ include (print .Template.BasePath \"/NOTES.txt\") . | toRawJson }}\n";

    /// <inheritdoc/>
    public async Task<RenderedRelease> RenderAsync(Chart chart, ReleaseRequest request, CancellationToken cancellationToken)
    {
        var input = HelmRenderer.Prepare(chart, request);
        var folder = Directory.CreateTempSubdirectory("naas-helm-").FullName;
        try
        {
            var arguments = await WriteAsync(folder, chart, request, input.KubeVersion, cancellationToken);
            var (exitCode, output, error) = await new HelmProcess(options, request.Limits).RunAsync(folder, arguments, cancellationToken);
            return exitCode == 0 ? Release(input.Chart, output, request) : throw HelmAnswer.Error(exitCode, error);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<IReadOnlyList<string>> WriteAsync(
        string folder, Chart chart, ReleaseRequest request, string kubeVersion, CancellationToken cancellationToken)
    {
        var (archive, values) = (Path.Combine(folder, "chart.tgz"), Path.Combine(folder, "values.yaml"));
        await using (var file = File.Create(archive))
        {
            ChartPacking.Write(chart, chart.Templates.Any(template => template.Name == "templates/NOTES.txt") ? [new(NotesName, NotesText)] : [], file);
        }

        await File.WriteAllBytesAsync(values, GoString.ToBytes(YamlWriter.Write(ChartValues.UserValues(request))), cancellationToken);
        return
        [
            "template", request.Name, archive, "--values=" + values, "--namespace=" + request.Namespace, "--kube-version=" + kubeVersion,
            "--skip-schema-validation", .. request.IsUpgrade ? new[] { "--is-upgrade" } : [],
            .. request.Capabilities.ApiVersions.Select(version => "--api-versions=" + version),
        ];
    }

    private static RenderedRelease Release(RenderChart chart, byte[] output, ReleaseRequest request)
    {
        var documents = HelmAnswer.Documents(output);
        var path = $"{chart.Path}/{NotesName}";
        var notes = documents.Find(document => document.Path == path);
        documents.RemoveAll(document => document.Path == path);
        return ReleaseAssembly.Of(chart, documents, notes is null ? null : HelmAnswer.Field(notes), request);
    }
}
