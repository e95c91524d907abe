using NaaS.Helm.Functions;
using NaaS.Helm.Go;
using NaaS.Helm.Releases;
using NaaS.Helm.Templates;

namespace NaaS.Helm.Rendering;

/// <summary>Executes all templates of a chart tree, in Helm's order, each with its chart's root object.</summary>
internal static class ChartEngine
{
    /// <summary>Rendered texts (byte strings) by path of the template.</summary>
    public static Dictionary<string, string> Render(RenderInput input, ReleaseRequest request, RenderContext context)
    {
        var renderables = Renderables(input, request);
        var paths = renderables.Keys.ToList();
        paths.Sort(DeepestFirst);
        var evaluator = new Evaluator(context);
        try
        {
            evaluator.Templates = context.Parsed.SetOf(paths.ConvertAll(path => (path, renderables[path].Text)));
        }
        catch (ParseException error)
        {
            throw ErrorText.OfParse(error);
        }
        var rendered = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string path in paths)
        {
            if (PathFunctions.Base(path).StartsWith('_'))
            {
                continue;
            }
            var (_, root, basePath) = renderables[path];
            root["Template"] = new GoMap(GoMap.ChartValues) { ["Name"] = path, ["BasePath"] = basePath };
            evaluator.File = path;
            try
            {
                rendered[path] = HelmFunctions.WithoutNoValue(evaluator.Execute(path, evaluator.Templates.Find(path)!, root));
            }
            catch (ExecException error)
            {
                throw ErrorText.OfExec(error);
            }
        }
        return rendered;
    }

    private sealed record Renderable(string Text, GoMap Root, string BasePath);

    private static Dictionary<string, Renderable> Renderables(RenderInput input, ReleaseRequest request)
    {
        var release = new GoMap
        {
            ["Name"] = GoString.FromText(request.Name),
            ["Namespace"] = GoString.FromText(request.Namespace),
            ["Revision"] = (nint)request.Revision,
            ["IsInstall"] = !request.IsUpgrade,
            ["IsUpgrade"] = request.IsUpgrade,
            ["Service"] = "Helm",
        };
        var capabilities = new CapabilitiesObject(input.KubeVersion, request.Capabilities.ApiVersions.Select(GoString.FromText));
        var all = new Dictionary<string, Renderable>(StringComparer.Ordinal);
        AddChart(input.Chart, input.Values, release, capabilities, all);
        return all;
    }

    private static GoMap AddChart(RenderChart chart, GoMap values, GoMap release, CapabilitiesObject capabilities, Dictionary<string, Renderable> all)
    {
        var subcharts = new GoMap();
        var root = new GoMap(GoMap.ChartValues)
        {
            ["Chart"] = chart.Metadata,
            ["Files"] = new FilesObject(chart.Files),
            ["Release"] = release,
            ["Capabilities"] = capabilities,
            ["Values"] = values,
            ["Subcharts"] = subcharts,
        };
        foreach (var child in chart.Dependencies)
        {
            subcharts[child.Name] = AddChart(child, Table(values, child.Name) ?? new GoMap(GoMap.ChartValues), release, capabilities, all);
        }
        foreach (var file in chart.Templates)
        {
            if (!chart.IsLibrary || PathFunctions.Base(file.Name).StartsWith('_'))
            {
                all[PathFunctions.Clean($"{chart.Path}/{file.Name}")] = new Renderable(file.Data, root, $"{chart.Path}/templates");
            }
        }
        return root;
    }

    // A sub chart's section is looked up as a path, so a dot in its name goes down a level.
    private static GoMap? Table(GoMap values, string name)
    {
        var table = values;
        foreach (string part in name.Split('.'))
        {
            if (!table.TryGetValue(part, out object? value) || value is not GoMap next)
            {
                return null;
            }
            table = next;
        }
        return table;
    }

    private static int DeepestFirst(string a, string b)
    {
        int depth = b.AsSpan().Count('/').CompareTo(a.AsSpan().Count('/'));
        return depth != 0 ? depth : string.CompareOrdinal(b, a);
    }
}
