using System.Text;
using NaaS.Helm.Releases;

namespace NaaS.Helm.Tests.Probes;

/// <summary>Arguments of <c>helm template</c> as a <see cref="ReleaseRequest"/>.</summary>
internal static class TemplateCommand
{
    /// <summary>Reads the arguments that the probes and the corpus use.</summary>
    /// <param name="request">Request to start from.</param>
    /// <param name="args">Arguments; <c>__NAME__ x</c> names the release, <c>__NONS__</c> leaves the namespace out.</param>
    /// <param name="read">Gives a file's text for its path on the command line.</param>
    public static ReleaseRequest Parse(ReleaseRequest request, IReadOnlyList<string> args, Func<string, string> read)
    {
        for (int i = 0; i < args.Count; i++)
        {
            string Value() => args[++i];
            request = args[i] switch
            {
                "--set" => Set(request, SetValue.Argument(Value(), SetKind.Typed)),
                "--set-string" => Set(request, SetValue.Argument(Value(), SetKind.Text)),
                "--set-json" => Set(request, SetValue.Argument(Value(), SetKind.Json)),
                "--set-literal" => Set(request, SetValue.Argument(Value(), SetKind.Literal)),
                "--set-file" => Set(request, [.. SetValue.Files(Value(), path => Encoding.UTF8.GetBytes(read(path)))]),
                "--kube-version" => request with { Capabilities = request.Capabilities with { KubeVersion = Value() } },
                "--api-versions" => request with { Capabilities = request.Capabilities with { ApiVersions = Value().Split(',') } },
                "-f" => WithValues(request, Value(), read),
                "-s" => request with { ShowOnly = [.. request.ShowOnly, Value()] },
                "--include-crds" => request with { IncludeCrds = true },
                "--no-hooks" => request with { NoHooks = true },
                "--skip-tests" => request with { SkipTests = true },
                "--skip-schema-validation" => request with { SkipSchemaValidation = true },
                "--is-upgrade" => request with { IsUpgrade = true },
                "__NAME__" => request with { Name = Value() },
                "__NONS__" => request with { Namespace = "default" },
                var other => throw new ArgumentException($"no such argument: {other}"),
            };
        }
        return request;
    }

    private static ReleaseRequest Set(ReleaseRequest request, params SetValue[] values) => request with { Set = [.. request.Set, .. values] };

    private static ReleaseRequest WithValues(ReleaseRequest request, string path, Func<string, string> read) =>
        request with { Values = [.. request.Values, read(path)], ValuesNames = [.. request.ValuesNames, path] };
}
