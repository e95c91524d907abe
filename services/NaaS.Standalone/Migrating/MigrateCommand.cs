using System.CommandLine;
using NaaS.Api;
using NaaS.Fulfilment;
using NaaS.Messaging.Storage;

namespace NaaS.Standalone.Migrating;

/// <summary><c>naas migrate</c>: brings the databases up to date before new versions of API and worker start.</summary>
internal static class MigrateCommand
{
    public static Command Create()
    {
        var api = new Option<string?>("--api") { Description = "Connection string of the API's database (default: ConnectionStrings__Api)." };
        var worker = new Option<string?>("--worker") { Description = "Connection string of the worker's database (default: ConnectionStrings__Worker)." };
        var command = new Command("migrate", "Creates the databases of API and worker, or brings their tables up to date. Safe to run several at once.") { api, worker };
        command.SetAction((arguments, cancellationToken) => RunAsync(
            new() { ["ConnectionStrings:Api"] = arguments.GetValue(api), ["ConnectionStrings:Worker"] = arguments.GetValue(worker) }, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(Dictionary<string, string?> given, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Configuration.AddInMemoryCollection(given.Where(setting => setting.Value is not null));
        builder.AddNaasApi();
        builder.Services.AddFulfilment(builder.Configuration);
        await using var app = builder.Build();
        var databases = app.Services.GetServices<IDatabase>().Where(database => app.Configuration.GetConnectionString(database.Name) is not null).ToList();
        if (databases.Count == 0)
        {
            await Console.Error.WriteLineAsync("No database is given: use --api and --worker, or ConnectionStrings__Api and ConnectionStrings__Worker.");
            return 2;
        }

        foreach (var database in databases)
        {
            var applied = await database.MigrateAsync(cancellationToken);
            Console.WriteLine($"{database.Name}: {(applied.Count == 0 ? "up to date" : "applied " + string.Join(", ", applied))}");
        }

        return 0;
    }
}
