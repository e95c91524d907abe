using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace NaaS.Benchmarks.Tmf;

/// <summary>A server in a process of its own, on a free port.</summary>
internal sealed class ChildProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private readonly Process process;

    private ChildProcess(Process process, Uri address) => (this.process, Address) = (process, address);

    public Uri Address { get; }

    /// <summary>CPU time that it has taken so far.</summary>
    public TimeSpan Cpu
    {
        get
        {
            process.Refresh();
            return process.TotalProcessorTime;
        }
    }

    /// <summary>Memory that it holds now, in megabytes.</summary>
    public long Megabytes
    {
        get
        {
            process.Refresh();
            return process.WorkingSet64 / 1_048_576;
        }
    }

    /// <summary>Starts an assembly of this folder and waits until it answers at <paramref name="ready"/>.</summary>
    public static async Task<ChildProcess> StartAsync(string assembly, string ready, Dictionary<string, string> environment, CancellationToken cancellationToken)
    {
        var address = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePort()}"));
        var start = new ProcessStartInfo("dotnet") { ArgumentList = { Path.Combine(AppContext.BaseDirectory, assembly) }, WorkingDirectory = Path.GetTempPath() };
        if (assembly.StartsWith("NaaS.Benchmarks", StringComparison.Ordinal))
        {
            start.ArgumentList.Add("bare");
        }

        start.Environment["ASPNETCORE_URLS"] = address.ToString();
        // What this process sets for the measuring of memory is not for servers.
        start.Environment["DOTNET_GCConserveMemory"] = "0";
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var child = new ChildProcess(Process.Start(start)!, address);
        await child.WaitAsync(ready, cancellationToken);
        return child;
    }

    public async ValueTask DisposeAsync()
    {
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        process.Dispose();
    }

    private async Task WaitAsync(string ready, CancellationToken cancellationToken)
    {
        using var client = new HttpClient { BaseAddress = Address };
        var clock = Stopwatch.StartNew();
        while (!await AnswersAsync(client, ready, cancellationToken))
        {
            if (process.HasExited || clock.Elapsed > Patience)
            {
                throw new InvalidOperationException($"{Address} does not answer.");
            }

            await Task.Delay(100, cancellationToken);
        }
    }

    private static async Task<bool> AnswersAsync(HttpClient client, string ready, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await client.GetAsync(ready, cancellationToken);
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            // Not listening yet.
            return false;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
