namespace NaaS.Helm.Command;

/// <summary>How the <c>helm</c> command is called.</summary>
public sealed record HelmCommandOptions
{
    /// <summary>The program: a path, or a name on the PATH. Version 4.1 is what the built-in renderer follows.</summary>
    public string Program { get; init; } = "helm";

    /// <summary>Most memory that one process may hold; it is ended when it is seen with more.</summary>
    public long MemoryBytes { get; init; } = 1024L * 1024 * 1024;

    /// <summary>The program's path; null where there is no such program.</summary>
    public string? Find()
    {
        if (Program.Contains(Path.DirectorySeparatorChar))
        {
            return File.Exists(Program) ? Path.GetFullPath(Program) : null;
        }

        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return folders.Select(folder => Path.Combine(folder, Program)).FirstOrDefault(File.Exists);
    }
}
