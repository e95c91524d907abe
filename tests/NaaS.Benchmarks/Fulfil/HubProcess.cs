using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using NaaS.Sandbox;

namespace NaaS.Benchmarks.Fulfil;

/// <summary>The sandbox in a process of its own, so that it does not count as ours.</summary>
internal sealed class HubProcess : IDisposable
{
    private const string Verb = "hub";
    private readonly Process process;

    private HubProcess(Process process, Uri hub) => (this.process, Hub) = (process, hub);

    /// <summary>Address of the hub.</summary>
    public Uri Hub { get; }

    /// <summary>Memory of the process in MB.</summary>
    public long Megabytes
    {
        get
        {
            process.Refresh();
            return process.WorkingSet64 / 1048576;
        }
    }

    /// <summary>The hidden command that the process runs.</summary>
    public static Command CreateCommand()
    {
        var clusters = new Argument<int>("CLUSTERS");
        var command = new Command(Verb, "The hub of a benchmark.") { clusters };
        command.Hidden = true;
        command.SetAction(async (arguments, cancellationToken) =>
        {
            var count = arguments.GetValue(clusters);
            await using var sandbox = await Sandbox.Sandbox.StartAsync(
                new() { Clusters = count == 0 ? SandboxCluster.Defaults : [.. Enumerable.Range(0, count).Select(Cluster)], Pods = new(TimeSpan.FromMilliseconds(50), TimeSpan.FromMilliseconds(20)) },
                cancellationToken);
            Console.WriteLine(sandbox.Hub);
            // The parent closes our input when it ends, whatever way it ends.
            await Console.In.ReadToEndAsync(cancellationToken);
            return 0;
        });
        return command;
    }

    public static async Task<HubProcess> StartAsync(int clusters, CancellationToken cancellationToken)
    {
        var start = OwnProgram.With(Verb, clusters.ToString(CultureInfo.InvariantCulture));
        (start.RedirectStandardInput, start.RedirectStandardOutput) = (true, true);
        var process = Process.Start(start)!;
        var address = await process.StandardOutput.ReadLineAsync(cancellationToken) ?? throw new InvalidOperationException("the hub did not start");
        return new(process, new Uri(address));
    }

    public void Dispose()
    {
        process.StandardInput.Close();
        process.WaitForExit();
        process.Dispose();
    }

    private static SandboxCluster Cluster(int number) => new(
        $"k{number}", new Dictionary<string, string> { ["zone"] = (number % 3).ToString(CultureInfo.InvariantCulture) }, new Dictionary<string, string>());
}
