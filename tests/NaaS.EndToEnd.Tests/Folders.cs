namespace NaaS.EndToEnd.Tests;

/// <summary>Where the project and its built programs are.</summary>
internal static class Folders
{
    private static readonly DirectoryInfo Output = new(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));

    /// <summary>Debug or Release, as these tests were built.</summary>
    public static string Configuration => Output.Parent!.Name;

    /// <summary>The folder of NaaS.sln.</summary>
    public static string Repository => Output.Parent!.Parent!.Parent!.Parent!.Parent!.FullName;
}
