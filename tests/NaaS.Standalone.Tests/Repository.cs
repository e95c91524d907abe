namespace NaaS.Standalone.Tests;

/// <summary>The files of the project, found by walking up from the test.</summary>
internal static class Repository
{
    public static DirectoryInfo Root { get; } = Find();

    public static string Path(params string[] parts) => System.IO.Path.Combine([Root.FullName, .. parts]);

    private static DirectoryInfo Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "NaaS.sln")))
            {
                return folder;
            }
        }

        throw new DirectoryNotFoundException("NaaS.sln is in no folder above the tests");
    }
}
