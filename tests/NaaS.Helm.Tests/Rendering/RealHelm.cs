using System.Diagnostics;

namespace NaaS.Helm.Tests.Rendering;

/// <summary>The real Helm 4.1.4, where it is installed.</summary>
internal static class RealHelm
{
    private const string Version = "v4.1.4";

    /// <summary>Path of the command: <c>NAAS_HELM</c>, or <c>helm</c> on the path, if it is the version that we follow; else null.</summary>
    public static string? Command { get; } = Find();

    /// <summary>What <c>helm template rel FOLDER -n demo -f VALUES</c> prints, or its error from <c>Error:</c> on.</summary>
    public static async Task<string> TemplateAsync(string folder, string values, CancellationToken cancellationToken)
    {
        var (code, output, error) = await RunAsync(Command!, ["template", "rel", folder, "-n", "demo", "-f", values], cancellationToken);
        return code == 0 ? output : error[error.IndexOf("Error: ", StringComparison.Ordinal)..].Replace("\nUse --debug flag to render out invalid YAML\n", "").TrimEnd();
    }

    private static string? Find()
    {
        string? given = Environment.GetEnvironmentVariable("NAAS_HELM");
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return new[] { given }.Concat(folders.Select(folder => Path.Combine(folder, "helm"))).FirstOrDefault(path => path is not null && File.Exists(path) && IsOurs(path));
    }

    private static bool IsOurs(string path) =>
        RunAsync(path, ["version", "--template", "{{ .Version }}"], CancellationToken.None).GetAwaiter().GetResult().Output.Trim() == Version;

    private static async Task<(int Code, string Output, string Error)> RunAsync(string command, string[] args, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(command, args) { RedirectStandardOutput = true, RedirectStandardError = true, Environment = { ["TZ"] = "UTC" } };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var error = process.StandardError.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return (process.ExitCode, await output, await error);
    }
}
