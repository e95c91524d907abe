using System.ComponentModel;
using System.Diagnostics;
using NaaS.Helm.Releases;

namespace NaaS.Helm.Command;

/// <summary>One run of the <c>helm</c> command within the bounds of a rendering. It sees nothing of our environment and reaches neither cluster nor web.</summary>
internal sealed class HelmProcess(HelmCommandOptions options, RenderLimits limits)
{
    private const int MostErrorBytes = 1024 * 1024;
    private static readonly TimeSpan MemoryWatch = TimeSpan.FromMilliseconds(50);

    /// <summary>Runs helm in a folder of its own, which becomes its home.</summary>
    /// <exception cref="HelmException">It crossed a bound.</exception>
    /// <exception cref="InvalidOperationException">There is no such program: the installation is wrong, not the chart.</exception>
    public async Task<(int ExitCode, byte[] Output, byte[] Error)> RunAsync(string folder, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        using var process = Start(folder, arguments);
        using var bounded = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        bounded.CancelAfter(limits.Time);
        try
        {
            process.StandardInput.Close();
            var error = ReadAsync(process.StandardError.BaseStream, MostErrorBytes, mayBeCut: true, bounded.Token);
            var output = ReadAsync(process.StandardOutput.BaseStream, limits.OutputBytes, mayBeCut: false, bounded.Token);
            var memory = WatchMemoryAsync(process, bounded.Token);
            await await Task.WhenAny(output, memory);
            var result = (await output, await error);
            await process.WaitForExitAsync(bounded.Token);
            return (process.ExitCode, result.Item1, result.Item2);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw Crossed($"it took longer than {limits.Time}", nameof(RenderLimits.Time));
        }
        finally
        {
            await bounded.CancelAsync();
            await EndAsync(process);
        }
    }

    private Process Start(string folder, IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo(options.Find() ?? options.Program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Clear();
        foreach (var variable in new[] { "HOME", "HELM_CACHE_HOME", "HELM_CONFIG_HOME", "HELM_DATA_HOME" })
        {
            start.Environment[variable] = folder;
        }

        start.Environment["KUBECONFIG"] = Path.Combine(folder, "no-kubeconfig");
        start.Environment["TZ"] = "UTC";
        start.Environment["GOMEMLIMIT"] = (options.MemoryBytes / 4 * 3).ToString(System.Globalization.CultureInfo.InvariantCulture);
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception e)
        {
            throw new InvalidOperationException($"the helm command \"{options.Program}\" cannot be started: {e.Message}", e);
        }
    }

    private static async Task<byte[]> ReadAsync(Stream from, long most, bool mayBeCut, CancellationToken token)
    {
        using var all = new MemoryStream();
        var chunk = new byte[81920];
        for (int read; (read = await from.ReadAsync(chunk, token)) > 0;)
        {
            if (all.Length + read <= most)
            {
                all.Write(chunk, 0, read);
            }
            else if (!mayBeCut)
            {
                throw Crossed($"its output is larger than {most} bytes", nameof(RenderLimits.OutputBytes));
            }
        }

        return all.ToArray();
    }

    // Ends with the process; throws where it holds too much.
    private async Task WatchMemoryAsync(Process process, CancellationToken token)
    {
        using var timer = new PeriodicTimer(MemoryWatch);
        while (await timer.WaitForNextTickAsync(token) && !process.HasExited)
        {
            if (BytesOf(process) > options.MemoryBytes)
            {
                throw Crossed($"the helm command took more than {options.MemoryBytes} bytes of memory", nameof(HelmCommandOptions.MemoryBytes));
            }
        }
    }

    private static long BytesOf(Process process)
    {
        try
        {
            process.Refresh();
            return process.WorkingSet64;
        }
        catch (InvalidOperationException)
        {
            // It ended between two looks.
            return 0;
        }
    }

    private static HelmException Crossed(string what, string limit) => new($"rendering stopped: {what} ({limit})");

    // Returns when it is gone, so that its folder can go too.
    private static async Task EndAsync(Process process)
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
        }
    }
}
