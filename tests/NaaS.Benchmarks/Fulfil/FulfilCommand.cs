using System.CommandLine;
using System.Diagnostics;

namespace NaaS.Benchmarks.Fulfil;

/// <summary><c>fulfil</c>: how long orders take from their acceptance to the hub, and readiness from a cluster to the customer.</summary>
internal static class FulfilCommand
{
    private const string ServerCollector = "DOTNET_gcServer";

    public static Command Create()
    {
        var rates = new Option<double[]>("--rates") { Description = "Orders a second.", DefaultValueFactory = _ => [1, 10, 50], AllowMultipleArgumentsPerToken = true };
        var seconds = new Option<int>("--seconds") { Description = "How long orders come at each rate.", DefaultValueFactory = _ => 20 };
        var growth = new Option<int[]>("--growth") { Description = "Numbers of services (3 works each) to grow to instead, such as 1000 10000.", AllowMultipleArgumentsPerToken = true };
        var clusters = new Option<int>("--clusters") { Description = "Clusters of the growth run.", DefaultValueFactory = _ => 1000 };
        var command = new Command("fulfil", "Orders through API and worker on RabbitMQ and PostgreSQL (NAAS_RABBITMQ, NAAS_POSTGRES; else embedded), the hub in a process of its own.")
        {
            rates, seconds, growth, clusters,
        };
        command.SetAction(async (arguments, cancellationToken) =>
        {
            if (Environment.GetEnvironmentVariable(ServerCollector) is null)
            {
                return await WithServerCollectorAsync(cancellationToken);
            }

            if (arguments.GetValue(growth) is { Length: > 0 } sizes)
            {
                await GrowthRun.RunAsync(sizes, arguments.GetValue(clusters), cancellationToken);
            }
            else
            {
                await LatencyRun.RunAsync(arguments.GetValue(rates)!, arguments.GetValue(seconds), cancellationToken);
            }

            return 0;
        });
        return command;
    }

    // As the API's and the worker's own processes have it; this program's settings are those of `render`, which holds little memory.
    private static async Task<int> WithServerCollectorAsync(CancellationToken cancellationToken)
    {
        var start = OwnProgram.With(Environment.GetCommandLineArgs().Skip(1));
        start.Environment[ServerCollector] = "1";
        start.Environment["DOTNET_gcConcurrent"] = "1";
        start.Environment["DOTNET_GCConserveMemory"] = "0";
        using var process = Process.Start(start)!;
        await process.WaitForExitAsync(cancellationToken);
        return process.ExitCode;
    }
}
