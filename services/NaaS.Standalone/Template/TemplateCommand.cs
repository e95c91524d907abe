using System.CommandLine;
using System.Text;
using NaaS.Helm;
using NaaS.Helm.Releases;

namespace NaaS.Standalone.Template;

/// <summary><c>naas template [NAME] CHART</c>: a drop-in for <c>helm template</c>, byte for byte, without Helm.</summary>
internal static class TemplateCommand
{
    private const string Description = """
        Renders a chart as `helm template` does: same arguments and flags, same output. CHART is a folder, an archive,
        https://..., oci://..., a name in --repo, or repo/name of Helm's repositories.yaml (--repository-config).
          -n, --namespace NS   -f, --values FILE,...   --set K=V,...   --set-string K=V,...   --set-json K=JSON,...
          --set-literal K=V    --set-file K=FILE,...   --version V     --devel                --repo URL
          --username U         --password P            --plain-http    --kube-version V       -a, --api-versions A,...
          -s, --show-only T    --include-crds          --no-hooks      --skip-tests           --skip-schema-validation
          --is-upgrade         --output-dir DIR        --release-name  --debug                --dependency-update
          --helm3              webhook configurations last, as Helm 3 orders them
        """;

    public static Command Create()
    {
        var words = new Argument<string[]>("arguments") { Description = "[NAME] CHART and flags, as for helm template.", Arity = ArgumentArity.ZeroOrMore };
        var command = new Command("template", Description) { words };
        command.TreatUnmatchedTokensAsErrors = false;
        command.SetAction(async (arguments, cancellationToken) =>
        {
            await using var output = Console.OpenStandardOutput();
            string[] commandLine = [.. arguments.Tokens.Select(token => token.Value).SkipWhile(word => word != command.Name).Skip(1)];
            return await RunAsync(commandLine, output, Console.Error, cancellationToken);
        });
        return command;
    }

    /// <summary>Runs the command as from a shell.</summary>
    /// <param name="commandLine">Words after <c>template</c>.</param>
    /// <param name="output">Takes the bytes of the release.</param>
    /// <param name="error">Takes warnings and the error.</param>
    /// <param name="cancellationToken">Stops the rendering.</param>
    /// <returns>The exit code.</returns>
    internal static async Task<int> RunAsync(IReadOnlyList<string> commandLine, Stream output, TextWriter error, CancellationToken cancellationToken)
    {
        try
        {
            var flags = TemplateFlags.Parse(commandLine);
            if (flags.Repo.IsGiven)
            {
                ChartLocation.RequireRepository(flags.Repo.Value);
            }

            var chart = await ChartLocation.LoadAsync(flags, error, cancellationToken);
            chart = flags.DependencyUpdate.IsOn ? await DependencyUpdate.ApplyAsync(chart, flags, output, cancellationToken) : chart;
            var request = TemplateRequest.Of(flags);
            var release = HelmRenderer.Render(chart, request, warning => error.WriteLine($"level=WARN msg={warning}"), cancellationToken);
            Print(release, request, flags, output);
            return 0;
        }
        catch (Exception e) when (e is UsageException or HelmException)
        {
            await error.WriteLineAsync($"Error: {e.Message}");
            if (e is HelmException { IsOfRelease: true })
            {
                await error.WriteLineAsync("\nUse --debug flag to render out invalid YAML");
            }

            return 1;
        }
    }

    private static void Print(RenderedRelease release, ReleaseRequest request, TemplateFlags flags, Stream output)
    {
        var bytes = release.ToBytes();
        if (!flags.OutputDir.IsGiven)
        {
            output.Write(bytes);
            return;
        }

        var folder = flags.ReleaseName.IsOn ? flags.OutputDir.Value + "/" + request.Name : flags.OutputDir.Value;
        OutputFolder.Write(folder, Encoding.Latin1.GetString(bytes), output);
    }
}
