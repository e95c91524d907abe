using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;

namespace NaaS.EndToEnd.Tests;

/// <summary>One of our programs, run as its own process the way an operator runs it.</summary>
internal sealed class Executable : IAsyncDisposable
{
    private readonly Process process;
    private readonly ConcurrentQueue<string> output = new();

    private Executable(Process process) => this.process = process;

    public string Output => string.Join('\n', output);

    public int ExitCode => process.ExitCode;

    public bool HasExited => process.HasExited;

    public int Id => process.Id;

    /// <summary>Resident memory in bytes.</summary>
    public long Memory
    {
        get
        {
            process.Refresh();
            return process.WorkingSet64;
        }
    }

    /// <summary>Starts <c>services/PROJECT</c>'s program with the arguments and settings.</summary>
    public static Executable Start(string project, string assembly, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? settings = null)
    {
        var built = Path.Combine(Folders.Repository, "services", project, "bin", Folders.Configuration, "net10.0", $"{assembly}.dll");
        var start = new ProcessStartInfo("dotnet", [built, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetDirectoryName(built)!,
        };
        foreach (var (name, value) in settings ?? new Dictionary<string, string>())
        {
            start.Environment[name.Replace(":", "__", StringComparison.Ordinal)] = value;
        }

        var executable = new Executable(new Process { StartInfo = start });
        executable.process.OutputDataReceived += (_, line) => executable.Keep(line.Data);
        executable.process.ErrorDataReceived += (_, line) => executable.Keep(line.Data);
        executable.process.Start();
        executable.process.BeginOutputReadLine();
        executable.process.BeginErrorReadLine();
        return executable;
    }

    public Task WaitForExitAsync(CancellationToken cancellationToken) => process.WaitForExitAsync(cancellationToken);

    /// <summary>Waits until <paramref name="ready"/> holds; fails with the program's output when it ends before.</summary>
    public async Task UntilAsync(Func<Task<bool>> ready, CancellationToken cancellationToken)
    {
        while (!await ready())
        {
            process.HasExited.ShouldBeFalse(Output);
            await Task.Delay(50, cancellationToken);
        }
    }

    /// <summary>Waits until <c>/health/ready</c> at the address answers 200.</summary>
    public async Task UntilReadyAsync(Uri address, CancellationToken cancellationToken)
    {
        using var http = new HttpClient { BaseAddress = address };
        await UntilAsync(
            async () =>
            {
                try
                {
                    using var response = await http.GetAsync(new Uri("/health/ready", UriKind.Relative), cancellationToken);
                    return response.StatusCode == HttpStatusCode.OK;
                }
                catch (HttpRequestException)
                {
                    return false;
                }
            },
            cancellationToken);
    }

    /// <summary>Asks the program to end, as a service manager does (SIGTERM), and waits.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (!process.HasExited)
        {
            using var kill = Process.Start("kill", ["-TERM", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
            await kill.WaitForExitAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
        }
    }

    /// <summary>Ends the program as a crash does.</summary>
    public async Task KillAsync(CancellationToken cancellationToken)
    {
        process.Kill();
        await process.WaitForExitAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            process.Kill();
            await process.WaitForExitAsync(CancellationToken.None);
        }

        process.Dispose();
    }

    private void Keep(string? line)
    {
        if (line is not null)
        {
            output.Enqueue(line);
        }
    }
}
