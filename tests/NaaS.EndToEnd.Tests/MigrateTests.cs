namespace NaaS.EndToEnd.Tests;

/// <summary><c>naas migrate</c> as a step of its own before API and worker start.</summary>
public sealed class MigrateTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact(Timeout = 180_000)]
    public async Task Several_that_start_at_once_on_an_empty_server_all_succeed()
    {
        var postgres = Environment.GetEnvironmentVariable("NAAS_POSTGRES");
        Assert.SkipWhen(postgres is null, "NAAS_POSTGRES is not set; tests/run.sh sets it");
        var settings = Databases(name => $"{postgres};Database=naas_migrate_{name}_{Guid.NewGuid():N}");
        List<Executable> running = [.. Enumerable.Range(0, 5).Select(_ => Executable.Start("NaaS.Standalone", "naas", ["migrate"], settings))];
        try
        {
            foreach (var migrate in running)
            {
                await migrate.WaitForExitAsync(Token);
                migrate.ExitCode.ShouldBe(0, migrate.Output);
                migrate.Output.ShouldNotContain("FROM \"__EFMigrationsHistory\"", customMessage: "it looks for a table that is not there");
            }

            running.Count(migrate => migrate.Output.Contains("Api: applied", StringComparison.Ordinal)).ShouldBeGreaterThan(0);
        }
        finally
        {
            foreach (var migrate in running)
            {
                await migrate.DisposeAsync();
            }
        }
    }

    [Fact(Timeout = 120_000)]
    public async Task A_host_that_must_not_migrate_starts_only_on_a_database_that_is_up_to_date()
    {
        var folder = Directory.CreateTempSubdirectory("naas-migrate-");
        var settings = Databases(name => $"Data Source={Path.Combine(folder.FullName, name)}.db");
        var host = new Dictionary<string, string>(settings) { ["Database:MigrateAtStart"] = "false", ["ASPNETCORE_URLS"] = "http://127.0.0.1:0" };

        await using (var early = Executable.Start("NaaS.Api", "NaaS.Api", [], host))
        {
            await early.WaitForExitAsync(Token);
            early.ExitCode.ShouldNotBe(0);
            early.Output.ShouldContain("run `naas migrate`");
        }

        await using (var migrate = Executable.Start("NaaS.Standalone", "naas", ["migrate"], settings))
        {
            await migrate.WaitForExitAsync(Token);
            migrate.ExitCode.ShouldBe(0, migrate.Output);
        }

        await using (var api = Executable.Start("NaaS.Api", "NaaS.Api", [], host))
        {
            await api.UntilAsync(() => Task.FromResult(api.Output.Contains("Now listening on", StringComparison.Ordinal)), Token);
        }

        folder.Delete(recursive: true);
    }

    [Fact(Timeout = 60_000)]
    public async Task Without_a_database_it_says_what_is_missing()
    {
        await using var migrate = Executable.Start("NaaS.Standalone", "naas", ["migrate"]);

        await migrate.WaitForExitAsync(Token);

        migrate.ExitCode.ShouldBe(2);
        migrate.Output.ShouldContain("ConnectionStrings__Api");
    }

    private static Dictionary<string, string> Databases(Func<string, string> connection) => new()
    {
        ["ConnectionStrings:Api"] = connection("api"),
        ["ConnectionStrings:Worker"] = connection("worker"),
    };
}
