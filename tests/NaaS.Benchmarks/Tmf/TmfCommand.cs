using System.CommandLine;

namespace NaaS.Benchmarks.Tmf;

/// <summary><c>tmf</c>: what the TMF front does in a second with few and with many stored orders, beside bare programs doing the same statement.</summary>
internal static class TmfCommand
{
    public static Command Create()
    {
        var postgres = new Option<string?>("--postgres") { Description = "A PostgreSQL server on which databases can be created (default: NAAS_POSTGRES, which tests/servers.sh writes)." };
        var few = new Option<int>("--few") { Description = "Orders stored in the small database.", DefaultValueFactory = _ => 1_000 };
        var many = new Option<int>("--many") { Description = "Orders stored in the large database.", DefaultValueFactory = _ => 200_000 };
        var seconds = new Option<double>("--seconds") { Description = "How long each number is measured in one round.", DefaultValueFactory = _ => 2 };
        var warmUp = new Option<double>("--warm-up") { Description = "Seconds that each is driven before it is measured, so that the runtime has optimised it.", DefaultValueFactory = _ => 5 };
        var rounds = new Option<int>("--rounds") { Description = "Rounds; the median counts.", DefaultValueFactory = _ => 3 };
        var clients = new Option<int>("--clients") { Description = "Requests at the same time.", DefaultValueFactory = _ => 4 };
        var only = new Option<Operation[]>("--only") { Description = "Measures these alone: get, list, post.", DefaultValueFactory = _ => Enum.GetValues<Operation>(), AllowMultipleArgumentsPerToken = true };
        var command = new Command("tmf", "Measures GET by id, a filtered list and POST of service orders on PostgreSQL.") { postgres, few, many, seconds, warmUp, rounds, clients, only };
        command.SetAction((arguments, cancellationToken) => RunAsync(
            arguments.GetValue(postgres) ?? Environment.GetEnvironmentVariable("NAAS_POSTGRES"),
            new(arguments.GetValue(few), arguments.GetValue(many), TimeSpan.FromSeconds(arguments.GetValue(seconds)), TimeSpan.FromSeconds(arguments.GetValue(warmUp)), arguments.GetValue(rounds), arguments.GetValue(clients)),
            arguments.GetValue(only)!,
            cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(string? server, TmfPlan plan, Operation[] operations, CancellationToken cancellationToken)
    {
        if (server is null)
        {
            await Console.Error.WriteLineAsync("No PostgreSQL: give --postgres, or NAAS_POSTGRES as tests/servers.sh writes it.");
            return 2;
        }

        await using var few = await Installation.StartAsync(server, plan.Few, cancellationToken);
        await using var many = await Installation.StartAsync(server, plan.Many, cancellationToken);
        var table = new TmfTable(plan);
        foreach (var operation in operations)
        {
            table.Add(operation, await Measured.CompareAsync([few, many], operation, plan, cancellationToken));
        }

        table.PrintAims();
        return 0;
    }
}

/// <summary>What is measured, and how long.</summary>
internal sealed record TmfPlan(int Few, int Many, TimeSpan Time, TimeSpan WarmUp, int Rounds, int Clients);

/// <summary>The operations.</summary>
internal enum Operation
{
    /// <summary>GET by id.</summary>
    Get,

    /// <summary>A list with two filters that finds twenty orders.</summary>
    List,

    /// <summary>POST of an order for later, so that no broker has a part in it.</summary>
    Post,
}
