using System.Diagnostics;

namespace NaaS.Sandbox.Tests;

/// <summary>The real kubectl, from NAAS_KUBECTL or the PATH; tests that need it are skipped where there is none.</summary>
internal sealed class Kubectl : IDisposable
{
    private readonly string _program;
    private readonly DirectoryInfo _home = Directory.CreateTempSubdirectory("naas-kubectl-");

    public Kubectl(Sandbox sandbox)
    {
        _program = Find() ?? "";
        File.WriteAllText(Path.Combine(_home.FullName, "config"), sandbox.Kubeconfig());
    }

    /// <summary>Runs a command that must succeed and answers what it prints.</summary>
    public async Task<string> RunAsync(string arguments, string? input = null)
    {
        var (code, output, error) = await TryAsync(arguments, input);
        code.ShouldBe(0, $"kubectl {arguments}\n{output}\n{error}");
        return output;
    }

    /// <summary>Runs a command that must fail and answers what it complains.</summary>
    public async Task<string> RefuseAsync(string arguments, string? input = null)
    {
        var (code, output, error) = await TryAsync(arguments, input);
        code.ShouldNotBe(0, output);
        return error;
    }

    /// <summary>Runs a command.</summary>
    public async Task<(int Code, string Output, string Error)> TryAsync(string arguments, string? input = null)
    {
        Assert.SkipWhen(_program.Length == 0, "no kubectl here: set NAAS_KUBECTL or put it on the PATH");
        var start = new ProcessStartInfo(_program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = _home.FullName,
        };
        start.Environment["KUBECONFIG"] = Path.Combine(_home.FullName, "config");
        start.Environment["HOME"] = _home.FullName;
        using var process = Process.Start(start)!;
        // The marker keeps older kubectls from taking YAML's braces for JSON.
        await process.StandardInput.WriteAsync(input is null ? "" : "---\n" + input);
        process.StandardInput.Close();
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            Assert.Fail($"kubectl {arguments} did not end within a minute: {await output} {await error}");
        }
        return (process.ExitCode, await output, await error);
    }

    /// <summary>Writes a file beside the kubeconfig, for <c>-f</c>.</summary>
    public string Write(string name, string text)
    {
        var path = Path.Combine(_home.FullName, name);
        File.WriteAllText(path, text);
        return path;
    }

    /// <summary>Replaces text in a file.</summary>
    public static void Change(string file, string from, string to) =>
        File.WriteAllText(file, File.ReadAllText(file).Replace(from, to, StringComparison.Ordinal));

    public void Dispose() => _home.Delete(recursive: true);

    private static string? Find() =>
        Environment.GetEnvironmentVariable("NAAS_KUBECTL") is { Length: > 0 } named ? named
        : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Select(p => Path.Combine(p, "kubectl")).FirstOrDefault(File.Exists);
}
