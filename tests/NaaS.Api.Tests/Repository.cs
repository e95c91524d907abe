namespace NaaS.Api.Tests;

/// <summary>Files of the project, and reference material beside it.</summary>
internal static class Repository
{
    public static string Root { get; } = Up(folder => File.Exists(Path.Combine(folder, "NaaS.sln")))!;

    /// <summary>An official file of TM Forum; the test is skipped where there is none.</summary>
    public static string Official(string name)
    {
        var file = FindOfficial(name);
        Assert.SkipWhen(file is null, $"{name} is not here: the folder shared/tmf or NAAS_SHARED has it");
        return file!;
    }

    /// <summary>An official file of TM Forum; null where there is none.</summary>
    public static string? FindOfficial(string name)
    {
        var beside = Up(folder => Directory.Exists(Path.Combine(folder, "shared", "tmf")));
        var shared = Environment.GetEnvironmentVariable("NAAS_SHARED") ?? (beside is null ? null : Path.Combine(beside, "shared"));
        var file = shared is null ? null : Path.Combine(shared, "tmf", name);
        return File.Exists(file) ? file : null;
    }

    private static string? Up(Func<string, bool> found)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (found(folder.FullName))
            {
                return folder.FullName;
            }
        }

        return null;
    }
}
