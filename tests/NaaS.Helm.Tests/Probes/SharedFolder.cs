namespace NaaS.Helm.Tests.Probes;

/// <summary>Recordings of the real Helm that stand beside the project, where they are there.</summary>
internal static class SharedFolder
{
    /// <summary>Folder of the recordings; null where there is none.</summary>
    public static string? Helm { get; } = Find();

    private static string? Find()
    {
        string? given = Environment.GetEnvironmentVariable("NAAS_SHARED");
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string candidate = Path.Combine(given ?? Path.Combine(folder.FullName, "shared"), "helm");
            if (Directory.Exists(candidate))
            {
                return candidate;
            }
        }
        return null;
    }
}
