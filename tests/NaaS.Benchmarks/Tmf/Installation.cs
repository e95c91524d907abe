using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Npgsql;

namespace NaaS.Benchmarks.Tmf;

/// <summary>A database with so many orders, the API on it, and the bare programs on it.</summary>
internal sealed class Installation : IAsyncDisposable
{
    private readonly NpgsqlDataSource administration;
    private readonly string name;
    private readonly ChildProcess api;
    private readonly ChildProcess bareServer;

    private Installation(NpgsqlDataSource administration, string name, ChildProcess api, ChildProcess bareServer, BareProgram bare, string specification)
    {
        this.administration = administration;
        this.name = name;
        this.api = api;
        this.bareServer = bareServer;
        Bare = bare;
        Specification = specification;
    }

    /// <summary>The API.</summary>
    public ChildProcess Api => api;

    /// <summary>The bare program behind Kestrel.</summary>
    public ChildProcess BareServer => bareServer;

    /// <summary>The bare program in this process.</summary>
    public BareProgram Bare { get; }

    /// <summary>A specification that can be ordered.</summary>
    public string Specification { get; }

    /// <summary>Creates the database, starts what serves it, and stores the orders.</summary>
    public static async Task<Installation> StartAsync(string server, int orders, CancellationToken cancellationToken)
    {
        var administration = NpgsqlDataSource.Create(server);
        var name = $"naas_benchmark_{Guid.NewGuid():N}";
        await using (var create = administration.CreateCommand($"""CREATE DATABASE "{name}" """))
        {
            await create.ExecuteNonQueryAsync(cancellationToken);
        }

        var connection = new NpgsqlConnectionStringBuilder(server) { Database = name }.ConnectionString;
        var api = await ChildProcess.StartAsync("NaaS.Api.dll", "health/ready", new() { ["ConnectionStrings__Api"] = connection, ["Logging__LogLevel__Default"] = "Warning" }, cancellationToken);
        var specification = await StoreAsync(api.Address, connection, orders, cancellationToken);
        var bareServer = await ChildProcess.StartAsync("NaaS.Benchmarks.dll", "ready", new() { ["BARE_POSTGRES"] = connection }, cancellationToken);
        return new(administration, name, api, bareServer, await BareProgram.StartAsync(connection, cancellationToken), specification);
    }

    public async ValueTask DisposeAsync()
    {
        await Bare.DisposeAsync();
        await bareServer.DisposeAsync();
        await api.DisposeAsync();
        await using (var drop = administration.CreateCommand($"""DROP DATABASE IF EXISTS "{name}" WITH (FORCE)"""))
        {
            await drop.ExecuteNonQueryAsync();
        }

        await administration.DisposeAsync();
    }

    // One order comes in by the front door; the others are copies of all that it wrote, with ids of their own.
    private static async Task<string> StoreAsync(Uri address, string connection, int orders, CancellationToken cancellationToken)
    {
        using var client = new HttpClient { BaseAddress = address };
        var specification = (await PostAsync(client, "serviceCatalogManagement/v4/serviceSpecification", Bodies.Specification, cancellationToken))["id"]!.GetValue<string>();
        var order = await PostAsync(client, "serviceOrdering/v4/serviceOrder", Bodies.Order(specification, "first"), cancellationToken);
        await using var source = NpgsqlDataSource.Create(connection);
        await using var copy = source.CreateCommand(Statements.CopyOrders);
        copy.CommandTimeout = 600;
        copy.Parameters.Add(new() { Value = order["id"]!.GetValue<string>() });
        copy.Parameters.Add(new() { Value = order["serviceOrderItem"]![0]!["service"]!["id"]!.GetValue<string>() });
        copy.Parameters.Add(new() { Value = orders });
        await copy.ExecuteNonQueryAsync(cancellationToken);
        await using var analyze = source.CreateCommand("VACUUM ANALYZE");
        analyze.CommandTimeout = 600;
        await analyze.ExecuteNonQueryAsync(cancellationToken);
        return specification;
    }

    private static async Task<JsonObject> PostAsync(HttpClient client, string path, JsonObject body, CancellationToken cancellationToken)
    {
        using var response = await client.PostAsJsonAsync($"/tmf-api/{path}", body, cancellationToken);
        var text = await response.Content.ReadAsStringAsync(cancellationToken);
        return response.IsSuccessStatusCode ? JsonNode.Parse(text)!.AsObject() : throw new InvalidOperationException($"{path} answered {(int)response.StatusCode}: {text}");
    }
}
