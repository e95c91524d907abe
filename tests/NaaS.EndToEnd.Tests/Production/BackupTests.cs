using System.Diagnostics;
using Microsoft.Data.Sqlite;

namespace NaaS.EndToEnd.Tests.Production;

/// <summary>Both databases are put back to an earlier state, while hub and clusters went on.</summary>
[Collection(OnServers.Name)]
public sealed class BackupTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory(Timeout = 300_000), InlineData("PostgreSQL"), InlineData("SQLite")]
    public async Task After_a_restore_what_runs_is_adopted_nothing_that_is_owned_goes_and_all_that_is_told_is_true(string kind)
    {
        Assert.SkipWhen(Environment.GetEnvironmentVariable("NAAS_LONG_TESTS") is null, "NAAS_LONG_TESTS is not set: two minutes of backups and restores");
        var folder = Directory.CreateTempSubdirectory("naas-backup-");
        IStore store = kind == "SQLite" ? new Files(folder) : new Dumps(folder);
        await using var naas = await Installation.StartAsync(store.Settings);
        store.Naas = naas;
        var (api, at) = await naas.StartApiAsync();
        var (worker, _) = await naas.StartWorkerAsync();
        var customers = new Customers(naas, [at]);
        var kept = await customers.AddAsync("kept");
        var changed = await customers.AddAsync("changed");
        var ended = await customers.AddAsync("ended");
        await store.BackUpAsync("worker");
        var between = await customers.AddAsync("between");
        await store.BackUpAsync("api");

        // The hub goes on.
        await customers.ScaleAsync(changed, 3);
        await naas.EndedAsync(await naas.EndAsync(ended, at), at);
        var late = await customers.AddAsync("late");
        var before = await WorksAsync(naas);
        await api.StopAsync(Token);
        await worker.StopAsync(Token);
        await store.RestoreAsync("worker");
        await store.RestoreAsync("api");
        await naas.StartApiAsync(at);
        (worker, _) = await naas.StartWorkerAsync();
        await using (var resync = Executable.Start("NaaS.Standalone", "naas", ["resync", "--api", $"{at}"]))
        {
            await resync.WaitForExitAsync(Token);
            resync.ExitCode.ShouldBe(0, resync.Output);
            resync.Output.ShouldContain("\"requeued\": 4");
        }

        var expected = new[] { ("kept", kept), ("changed", changed), ("ended", ended), ("between", between), ("late", late) }
            .Select(one => $"{one.Item1}-{one.Item2[..8]} 1").Order().ToList();
        await Until.Async(async () => (await customers.ReadyAsync()).Order().SequenceEqual(expected));
        await worker.UntilAsync(() => Task.FromResult(worker.Output.Contains($"belongs to service {late}", StringComparison.Ordinal)), Token);
        var after = await WorksAsync(naas);
        foreach (var service in new[] { kept, changed, between, late })
        {
            after.Where(work => work.Service == service).ShouldBe(before.Where(work => work.Service == service), ignoreOrder: true, "the works are those that were there");
        }

        foreach (var service in new[] { kept, changed, ended, between })
        {
            await Until.Async(async () => (string?)(await naas.GetAsync(Service(at, service)))["state"] == "active");
        }

        (await naas.StatusAsync(Service(at, late))).ShouldBe(System.Net.HttpStatusCode.NotFound);
        (await naas.GetAsync(Service(at, changed)))["serviceCharacteristic"]!.AsArray()
            .ShouldNotContain(one => (string?)one!["name"] == "values.phpmyadmin.replicaCount" && $"{one["value"]}" == "3");

        // And on it goes.
        await customers.ScaleAsync(changed, 2);
        await naas.EndedAsync(await naas.EndAsync(between, at), at);
        await Until.Async(async () => (await WorksAsync(naas)).All(work => work.Service != between));
        (await customers.ReadyAsync()).ShouldContain($"changed-{changed[..8]} 2");
        folder.Delete(recursive: true);
    }

    private static Uri Service(Uri api, string id) => new(api, $"/tmf-api/serviceInventory/v4/service/{id}");

    private static async Task<List<(string Service, string Uid)>> WorksAsync(Installation naas) =>
        [.. (await naas.WorksAsync()).Select(work => ((string)work["metadata"]!["labels"]!["naas.example/service"]!, (string)work["metadata"]!["uid"]!))];

    /// <summary>How a kind of database is saved and put back, as README.md says.</summary>
    private interface IStore
    {
        Installation? Naas { get; set; }

        (string Key, string Value)[] Settings { get; }

        Task BackUpAsync(string database);

        Task RestoreAsync(string database);
    }

    private sealed class Dumps(DirectoryInfo folder) : IStore
    {
        public Installation? Naas { get; set; }

        public (string Key, string Value)[] Settings => [];

        public Task BackUpAsync(string database) => RunAsync("pg_dump", "-Fc", "-f", File(database), Naas!.DatabaseOf(database));

        public async Task RestoreAsync(string database)
        {
            await RunAsync("dropdb", "--force", Naas!.DatabaseOf(database));
            await RunAsync("createdb", Naas.DatabaseOf(database));
            await RunAsync("pg_restore", "-d", Naas.DatabaseOf(database), File(database));
        }

        private string File(string database) => Path.Combine(folder.FullName, database + ".dump");

        private async Task RunAsync(string program, params string[] arguments)
        {
            var servers = Naas!.Servers;
            using var process = Process.Start(new ProcessStartInfo(program, ["-h", "127.0.0.1", "-p", $"{servers.PostgresPort}", "-U", "naas", .. arguments]) { RedirectStandardError = true })!;
            var errors = await process.StandardError.ReadToEndAsync(Token);
            await process.WaitForExitAsync(Token);
            process.ExitCode.ShouldBe(0, errors);
        }
    }

    private sealed class Files(DirectoryInfo folder) : IStore
    {
        public Installation? Naas { get; set; }

        public (string Key, string Value)[] Settings => [("ConnectionStrings:Api", $"Data Source={File("api")}"), ("ConnectionStrings:Worker", $"Data Source={File("worker")}")];

        public async Task BackUpAsync(string database)
        {
            await using var connection = new SqliteConnection($"Data Source={File(database)};Pooling=False");
            await connection.OpenAsync(Token);
            await using var command = connection.CreateCommand();
            command.CommandText = $"VACUUM INTO '{File(database)}.backup'";
            await command.ExecuteNonQueryAsync(Token);
        }

        public Task RestoreAsync(string database)
        {
            // What is left of the log belongs to the file that goes.
            System.IO.File.Delete(File(database) + "-wal");
            System.IO.File.Delete(File(database) + "-shm");
            System.IO.File.Copy(File(database) + ".backup", File(database), overwrite: true);
            return Task.CompletedTask;
        }

        private string File(string database) => Path.Combine(folder.FullName, database + ".db");
    }
}
