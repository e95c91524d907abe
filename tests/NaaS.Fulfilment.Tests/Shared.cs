namespace NaaS.Fulfilment.Tests;

/// <summary>Reference material beside the project (folder <c>shared</c>, or the variable NAAS_SHARED); tests that need it are skipped where it is absent.</summary>
internal static class Shared
{
    public static string? Folder { get; } = Environment.GetEnvironmentVariable("NAAS_SHARED") ?? Find();

    private static string? Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var shared = Path.Combine(folder.FullName, "shared", "helm", "corpus");
            if (Directory.Exists(shared))
            {
                return Path.Combine(folder.FullName, "shared");
            }
        }

        return null;
    }
}
