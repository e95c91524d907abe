using System.Text;
using k8s;
using NaaS.Helm;
using NaaS.Helm.Releases;

namespace NaaS.Standalone.Template;

/// <summary>The release that a command line asks for.</summary>
internal static class TemplateRequest
{
    private const string DefaultName = "release-name";
    private const string SetFileFailed = "failed parsing --set-file data: ";

    public static ReleaseRequest Of(TemplateFlags flags) => new()
    {
        Name = flags.Arguments.Count == 2 ? flags.Arguments[0] : DefaultName,
        Namespace = Namespace(flags),
        IsUpgrade = flags.IsUpgrade.IsOn,
        Values = [.. flags.Values.Values.Select(file => Text(ValuesFile.Read(file), file))],
        ValuesNames = flags.Values.Values,
        Set = [.. Set(flags.SetJson, SetKind.Json), .. Set(flags.Set, SetKind.Typed), .. Set(flags.SetString, SetKind.Text),
            .. flags.SetFile.Values.SelectMany(Files), .. Set(flags.SetLiteral, SetKind.Literal)],
        Capabilities = new Capabilities(
            flags.KubeVersion.Value.Length > 0 ? flags.KubeVersion.Value : Capabilities.Default.KubeVersion, flags.ApiVersions.Values),
        Helm3 = flags.Helm3.IsOn,
        IncludeCrds = flags.IncludeCrds.IsOn,
        NoHooks = flags.NoHooks.IsOn,
        SkipTests = flags.SkipTests.IsOn,
        ShowOnly = flags.ShowOnly.Values,
        SkipSchemaValidation = flags.SkipSchemaValidation.IsOn,
    };

    private static IEnumerable<SetValue> Set(Flag flag, SetKind kind) => flag.Values.Select(argument => SetValue.Argument(argument, kind));

    private static IReadOnlyList<SetValue> Files(string argument)
    {
        try
        {
            return SetValue.Files(argument, ValuesFile.Read);
        }
        catch (HelmException e) when (!e.Message.StartsWith(SetFileFailed, StringComparison.Ordinal))
        {
            throw new HelmException(SetFileFailed + e.Message, e);
        }
    }

    private static string Text(byte[] bytes, string file)
    {
        try
        {
            return new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetString(bytes);
        }
        catch (DecoderFallbackException e)
        {
            throw new HelmException($"failed to parse {file}: cannot unmarshal yaml document: error converting YAML to JSON: yaml: invalid leading UTF-8 octet", e);
        }
    }

    // As for kubectl: the flag, the environment, the current context of the kubeconfig.
    private static string Namespace(TemplateFlags flags)
    {
        var given = flags.Namespace.Value.Length > 0 ? flags.Namespace.Value : Environment.GetEnvironmentVariable("HELM_NAMESPACE");
        return string.IsNullOrEmpty(given) ? ContextNamespace() ?? "default" : given;
    }

    private static string? ContextNamespace()
    {
        var path = Environment.GetEnvironmentVariable("KUBECONFIG") is { Length: > 0 } set ? set.Split(Path.PathSeparator)[0] : KubernetesClientConfiguration.KubeConfigDefaultLocation;
        if (!File.Exists(path))
        {
            return null;
        }

        var config = KubernetesClientConfiguration.LoadKubeConfig(path);
        var context = config.Contexts?.FirstOrDefault(candidate => candidate.Name == config.CurrentContext)?.ContextDetails?.Namespace;
        return string.IsNullOrEmpty(context) ? null : context;
    }
}
