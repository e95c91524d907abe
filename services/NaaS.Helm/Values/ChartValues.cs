using System.Globalization;
using System.Text.RegularExpressions;
using NaaS.Helm.Charts;
using NaaS.Helm.Go;
using NaaS.Helm.Json;
using NaaS.Helm.Releases;
using NaaS.Helm.Rendering;
using NaaS.Helm.Schema;
using NaaS.Helm.Versions;
using NaaS.Helm.Yaml;

namespace NaaS.Helm.Values;

/// <summary>Brings a chart and a request together: values merged, dependencies settled, schema checked, ready for the template engine.</summary>
internal static partial class ChartValues
{
    /// <summary>What the template engine renders; refused, in Helm's order and words, where chart, name or values are wrong.</summary>
    /// <param name="chart">The chart.</param>
    /// <param name="request">Values and everything else that the release is made from.</param>
    /// <param name="warn">Takes Helm's warnings; they quote values, so they are for the user's eyes, not for logs.</param>
    public static RenderInput Prepare(Chart chart, ReleaseRequest request, Action<string>? warn = null)
    {
        warn ??= _ => { };
        var values = UserValues(request);
        RequireInstallable(chart);
        DependencySelection.RequirePresent(chart);
        RequireReleaseName(request.Name);
        var kubeVersion = KubeVersion(request.Capabilities.KubeVersion);

        var coalescing = new Coalescing(warn);
        var working = new WorkingChart(chart);
        Process(new DependencySelection(coalescing, warn), working, values);
        var coalesced = coalescing.Coalesce(working, values);
        if (!request.SkipSchemaValidation)
        {
            ChartSchema.Require(working, coalesced, request.SchemaLoader);
        }

        RequireKubeVersion(chart, kubeVersion);

        var top = new GoMap(GoMap.ChartValues);
        foreach (var (key, value) in coalesced)
        {
            top[key] = value;
        }

        return new RenderInput(Rendered(working, "", isRoot: true), top, kubeVersion.Original);
    }

    private static void Process(DependencySelection selection, WorkingChart chart, GoMap values)
    {
        try
        {
            selection.Process(chart, values);
        }
        catch (HelmException e)
        {
            throw new HelmException($"chart dependencies processing failed: {e.Message}", e);
        }
    }

    /// <summary>Values documents and single values laid over each other; the chart has no part in it.</summary>
    internal static GoMap UserValues(ReleaseRequest request)
    {
        var values = new GoMap();
        for (var i = 0; i < request.Values.Count; i++)
        {
            try
            {
                values = ValuesDocuments.Merge(values, ValuesDocuments.Read(GoString.FromText(request.Values[i])));
            }
            catch (YamlException e)
            {
                var name = i < request.ValuesNames.Count ? request.ValuesNames[i] : "values";
                throw new HelmException($"failed to parse {name}: {e.Message}", e);
            }
        }

        // Helm applies all JSON values first, whatever their order among the others.
        foreach (var set in request.Set.OrderBy(s => s.Kind switch { SetKind.Json => 0, SetKind.Typed => 1, SetKind.Text => 2, _ => 3 }))
        {
            values = Apply(set, values);
        }

        return values;
    }

    private static GoMap Apply(SetValue set, GoMap values)
    {
        var argument = GoString.FromText(set.Path);
        var value = set.IsByteString ? set.Value : GoString.FromText(set.Value);
        try
        {
            switch (set.Kind)
            {
                case SetKind.Json when set.IsArgument && IsJsonObject(argument):
                    return ValuesDocuments.Merge(values, JsonReader.ReadMap(argument.Trim()));
                case SetKind.Json when set.IsArgument:
                    StringValues.SetJson(values, argument);
                    break;
                case SetKind.Json:
                    StringValues.SetAt(values, argument, JsonReader.Read(value));
                    break;
                case SetKind.Typed when set.IsArgument:
                    StringValues.SetTyped(values, argument);
                    break;
                case SetKind.Typed:
                    StringValues.SetAt(values, argument, StringValues.Typed(value));
                    break;
                case SetKind.Text when set.IsArgument:
                    StringValues.SetText(values, argument);
                    break;
                case SetKind.Literal when set.IsArgument:
                    StringValues.SetLiteral(values, argument);
                    break;
                default:
                    StringValues.SetAt(values, argument, value);
                    break;
            }

            return values;
        }
        catch (Exception e) when (set is { IsArgument: true, Kind: SetKind.Json } && e is JsonException or HelmException)
        {
            throw new HelmException($"failed parsing --set-json data {(IsJsonObject(argument) ? "JSON: " : "")}{set.Path}", e);
        }
        catch (JsonException e)
        {
            throw new HelmException($"value of {set.Path} is no JSON: {e.Message}", e);
        }
        catch (HelmException e) when (set.IsArgument)
        {
            var flag = set.Kind switch { SetKind.Typed => "--set", SetKind.Text => "--set-string", _ => "--set-literal" };
            throw new HelmException($"failed parsing {flag} data: {e.Message}", e);
        }
    }

    private static bool IsJsonObject(string argument) => argument.AsSpan().TrimStart().StartsWith("{");

    private static void RequireInstallable(Chart chart)
    {
        if (chart.Metadata.Type is not ("" or "application"))
        {
            throw new HelmException($"{chart.Metadata.Type} charts are not installable");
        }
    }

    private static void RequireReleaseName(string name)
    {
        if (name.Length is 0 or > 53 || !ReleaseName().IsMatch(name))
        {
            throw new HelmException(
                $"release name check failed: release name \"{name}\": invalid release name, must match regex "
                + @"^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$ and the length must not be longer than 53");
        }
    }

    private static SemanticVersion KubeVersion(string text)
    {
        var parts = GenericVersion().Match(text);
        if (parts.Success && parts.Groups[1].Value.Split('.') is var numbers && (numbers.Length < 2 || numbers[0] is ['0', _, ..]))
        {
            throw new HelmException(numbers.Length < 2
                ? $"invalid kube version '{text}': illegal version string \"{text}\""
                : $"invalid kube version '{text}': illegal zero-prefixed version component \"{numbers[0]}\" in \"{text}\"");
        }

        return SemanticVersion.TryParse(text.StartsWith('v') ? text : "v" + text, out var version)
            ? version
            : throw new HelmException($"invalid kube version '{text}': could not parse \"{text}\" as version");
    }

    /// <summary>Helm 4 compares with the bare version, without a distribution's suffix.</summary>
    private static void RequireKubeVersion(Chart chart, SemanticVersion version)
    {
        var wanted = GoString.ToText(chart.Metadata.KubeVersion);
        var bare = SemanticVersion.Parse(string.Create(CultureInfo.InvariantCulture, $"v{version.Major}.{version.Minor}.{version.Patch}"));
        if (wanted.Length > 0 && !(VersionConstraint.TryParse(wanted, out var range) && range.Accepts(bare)))
        {
            throw new HelmException($"chart requires kubeVersion: {wanted} which is incompatible with Kubernetes {version.Original}") { IsOfRelease = true };
        }
    }

    private static RenderChart Rendered(WorkingChart chart, string parentPath, bool isRoot)
    {
        var path = isRoot ? chart.Name : parentPath + "/charts/" + chart.Name;
        var metadata = chart.Chart.Metadata with { Name = chart.Name };
        return new RenderChart
        {
            Name = chart.Name,
            Path = path,
            Metadata = metadata.ToMap(isRoot, chart.Requirements?.ConvertAll(r => r.Settled)),
            IsLibrary = metadata.IsLibrary,
            Templates = chart.Chart.Templates,
            Files = chart.Chart.Files,
            Crds = chart.Chart.Crds,
            Dependencies = chart.Dependencies.ConvertAll(d => Rendered(d, path, isRoot: false)),
        };
    }

    [GeneratedRegex(@"\A[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*\z")]
    private static partial Regex ReleaseName();

    [GeneratedRegex(@"\A\s*v?([0-9]+(?:\.[0-9]+)*)")]
    private static partial Regex GenericVersion();
}
