using System.Diagnostics;

namespace NaaS.Standalone.Tests.Template;

/// <summary>The <c>helm</c> command that our answers are compared with: env NAAS_HELM, or the one on the path.</summary>
internal static class RealHelm
{
    private static readonly string? Command = Find();

    /// <summary>Runs <c>helm template</c>.</summary>
    /// <param name="folder">Working folder.</param>
    /// <param name="commandLine">Words after <c>template</c>.</param>
    public static async Task<Outcome> TemplateAsync(string folder, params IEnumerable<string> commandLine)
    {
        Assert.SkipWhen(Command is null, "the real helm is not here (NAAS_HELM)");
        var start = new ProcessStartInfo(Command, ["template", .. commandLine])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        using var helm = Process.Start(start)!;
        helm.StandardInput.Close();
        using var output = new MemoryStream();
        var error = helm.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await helm.StandardOutput.BaseStream.CopyToAsync(output, TestContext.Current.CancellationToken);
        await helm.WaitForExitAsync(TestContext.Current.CancellationToken);
        return new Outcome(helm.ExitCode, output.ToArray(), await error);
    }

    private static string? Find()
    {
        var given = Environment.GetEnvironmentVariable("NAAS_HELM");
        var paths = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Select(folder => Path.Combine(folder, "helm"));
        return paths.Prepend(given).FirstOrDefault(File.Exists);
    }
}
