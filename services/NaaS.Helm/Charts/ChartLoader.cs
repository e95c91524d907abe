using System.Security.Cryptography;
using NaaS.Helm.Go;
using NaaS.Helm.Rendering;
using NaaS.Helm.Values;
using NaaS.Helm.Yaml;

namespace NaaS.Helm.Charts;

/// <summary>Turns folders and archives into charts, as Helm's pkg/chart/v2/loader does.</summary>
public static class ChartLoader
{
    /// <summary>Reads a packed chart.</summary>
    /// <exception cref="ChartException">It is no chart that Helm would load, or crosses a limit.</exception>
    public static Chart FromArchive(Stream archive, ChartLimits? limits = null)
    {
        var budget = new ChartBudget(limits ?? new ChartLimits());
        return FromFiles(ChartArchive.Read(archive, budget), budget, 0);
    }

    /// <summary>Reads a chart folder, minding its .helmignore.</summary>
    /// <param name="folder">The folder that holds Chart.yaml.</param>
    /// <param name="limits">Bounds.</param>
    /// <param name="root">Folder that symbolic links may not lead out of; null lets them lead anywhere.</param>
    /// <exception cref="ChartException">It is no chart that Helm would load, or crosses a limit.</exception>
    public static Chart FromFolder(string folder, ChartLimits? limits = null, string? root = null) => ReadFolder(folder, limits, root).Chart;

    /// <summary>As <see cref="FromFolder"/>, with a digest over the names and contents of its files.</summary>
    internal static (Chart Chart, string Digest) ReadFolder(string folder, ChartLimits? limits, string? root)
    {
        var budget = new ChartBudget(limits ?? new ChartLimits());
        var files = ChartFolder.Read(folder, budget, root);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in files)
        {
            hash.AppendData(GoString.ToBytes($"{Convert.ToHexStringLower(SHA256.HashData(file.ToBytes()))}  {file.Name}\n"));
        }

        return (FromFiles(files, budget, 0), "sha256:" + Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    internal static Chart FromFiles(IReadOnlyList<RenderFile> files, ChartBudget budget, int depth)
    {
        if (depth > budget.Limits.Depth)
        {
            throw new ChartTooLargeException($"charts are nested deeper than {budget.Limits.Depth}");
        }

        var metadata = ReadMetadata(files).Validated();
        var valuesText = Last(files, "values.yaml");
        return new Chart(metadata)
        {
            Values = valuesText is null ? [] : Wrapped("cannot load values.yaml: ", () => ValuesDocuments.Read(valuesText)),
            ValuesText = GoString.ToText(valuesText ?? ""),
            SchemaText = Last(files, "values.schema.json") is { } schema ? GoString.ToText(schema) : null,
            Templates = [.. files.Where(f => f.Name.StartsWith("templates/", StringComparison.Ordinal))],
            Files = [.. files.Where(f => IsPlainFile(f.Name, metadata))],
            OwnFiles = [.. files.Where(f => !IsPlainFile(f.Name, metadata) && !IsInFolder(f.Name))],
            Dependencies = ReadDependencies(files, metadata, budget, depth),
        };
    }

    private static ChartMetadata ReadMetadata(IReadOnlyList<RenderFile> files)
    {
        ChartMetadata? metadata = null;
        foreach (var file in files.Where(f => f.Name == "Chart.yaml"))
        {
            metadata = Wrapped("cannot load Chart.yaml: ", () => ChartYaml.Read(file.Data, metadata ?? new ChartMetadata()));
            metadata = metadata.ApiVersion.Length == 0 ? metadata with { ApiVersion = "v1" } : metadata;
        }

        foreach (var file in files.Where(f => f.Name == "requirements.yaml"))
        {
            metadata = Wrapped("cannot load requirements.yaml: ", () => ChartYaml.Read(file.Data, metadata ?? new ChartMetadata()));
        }

        if (metadata is null)
        {
            throw new ChartException("Chart.yaml file is missing");
        }

        return metadata.ApiVersion is "" or "v1" or "v2" ? metadata : throw new ChartException("invalid chart apiVersion");
    }

    private static bool IsPlainFile(string name, ChartMetadata metadata) => name switch
    {
        "Chart.yaml" or "Chart.lock" or "values.yaml" or "values.schema.json" => false,
        "requirements.yaml" or "requirements.lock" => metadata.ApiVersion == "v1",
        _ when name.StartsWith("templates/", StringComparison.Ordinal) => false,
        _ when name.StartsWith("charts/", StringComparison.Ordinal) => name.EndsWith(".prov", StringComparison.Ordinal),
        _ => true,
    };

    private static bool IsInFolder(string name) =>
        name.StartsWith("templates/", StringComparison.Ordinal) || name.StartsWith("charts/", StringComparison.Ordinal);

    private static List<Chart> ReadDependencies(IReadOnlyList<RenderFile> files, ChartMetadata parent, ChartBudget budget, int depth)
    {
        const string Folder = "charts/";
        var charts = new List<Chart>();
        var groups = files
            .Where(f => f.Name.StartsWith(Folder, StringComparison.Ordinal) && !f.Name.EndsWith(".prov", StringComparison.Ordinal))
            .Select(f => f with { Name = f.Name[Folder.Length..] })
            .GroupBy(f => f.Name.Split('/', 2)[0], StringComparer.Ordinal)
            .Where(group => !group.Key.StartsWith('_') && !group.Key.StartsWith('.'))
            .OrderBy(group => group.Key, StringComparer.Ordinal);
        foreach (var group in groups)
        {
            charts.Add(ReadDependency(group.Key, [.. group], parent, budget, depth));
        }

        return charts;
    }

    private static Chart ReadDependency(string name, IReadOnlyList<RenderFile> files, ChartMetadata parent, ChartBudget budget, int depth)
    {
        var parentName = GoString.ToText(parent.Name);
        if (name.EndsWith(".tgz", StringComparison.Ordinal) && files[0].Name != name)
        {
            throw new ChartException($"error unpacking subchart tar in {parentName}: expected {name}, got {files[0].Name}");
        }

        try
        {
            if (name.EndsWith(".tgz", StringComparison.Ordinal))
            {
                using var packed = new MemoryStream(files[0].ToBytes(), writable: false);
                return FromFiles(ChartArchive.Read(packed, budget), budget, depth + 1);
            }

            return FromFiles([.. files.Where(f => f.Name.Contains('/')).Select(f => f with { Name = f.Name.Split('/', 2)[1] })], budget, depth + 1);
        }
        catch (ChartTooLargeException)
        {
            throw;
        }
        catch (HelmException e)
        {
            throw new ChartException($"error unpacking subchart {GoString.ToText(name)} in {parentName}: {e.Message}", e);
        }
    }

    private static string? Last(IReadOnlyList<RenderFile> files, string name) => files.LastOrDefault(f => f.Name == name)?.Data;

    private static T Wrapped<T>(string prefix, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (YamlException e)
        {
            throw new ChartException(prefix + e.Message, e);
        }
    }
}
