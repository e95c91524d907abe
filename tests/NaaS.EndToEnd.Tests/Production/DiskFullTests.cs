using System.Diagnostics;
using System.Net;

namespace NaaS.EndToEnd.Tests.Production;

/// <summary>SQLite on a disk that runs full, and has room again.</summary>
[Collection(OnServers.Name)]
public sealed class DiskFullTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact(Timeout = 240_000)]
    public async Task A_full_disk_refuses_orders_and_loses_none_that_was_accepted()
    {
        var disk = Directory.CreateTempSubdirectory("naas-disk-").FullName;
        Assert.SkipUnless(await RunAsync("mount", "-t", "tmpfs", "-o", "size=12m", "tmpfs", disk), "No disk can be mounted here: that needs root");
        try
        {
            await using var naas = await Installation.StartAsync(
                ("ConnectionStrings:Api", $"Data Source={disk}/api.db"), ("ConnectionStrings:Worker", $"Data Source={disk}/worker.db"));
            var (apiProcess, api) = await naas.StartApiAsync();
            var (workerProcess, _) = await naas.StartWorkerAsync();
            var customers = new Customers(naas, [api]);
            await customers.AddAsync("cms-before");

            // One is under way when the disk runs full.
            var during = customers.AddAsync("cms-during");
            await Until.Async(async () => (await naas.GetAsync(new Uri(api, Installation.Orders))).AsArray().Count == 2);
            await FillAsync(disk);
            var more = 0;
            while (await naas.TryOrderAsync($"more-{more}", api) is var answer && (int)answer < 500)
            {
                // What little is left takes some more; those are accepted and have to be kept too.
                answer.ShouldBe(HttpStatusCode.Created);
                more++;
            }

            (await naas.StatusAsync(new Uri(api, "/health/live"))).ShouldBe(HttpStatusCode.OK);
            File.Delete(Path.Combine(disk, "ballast"));

            await during;
            await customers.AddAsync("cms-after");
            var orders = (await naas.GetAsync(new Uri(api, Installation.Orders + "?limit=1000"))).AsArray();
            foreach (var order in orders)
            {
                ((string?)(await naas.EndedAsync((string)order!["id"]!, api))["state"]).ShouldBe("completed");
            }

            orders.Count.ShouldBe(3 + more, "what was refused is not there");
            (await naas.WorksAsync()).Select(work => (string?)work["metadata"]!["labels"]!["naas.example/service"]).Distinct().Count().ShouldBe(orders.Count);
            apiProcess.HasExited.ShouldBeFalse();
            workerProcess.HasExited.ShouldBeFalse();
        }
        finally
        {
            (await RunAsync("umount", disk)).ShouldBeTrue();
            Directory.Delete(disk);
        }
    }

    private static async Task FillAsync(string disk)
    {
        var chunk = new byte[4096];
        await using var ballast = File.Create(Path.Combine(disk, "ballast"), bufferSize: 0);
        try
        {
            while (true)
            {
                await ballast.WriteAsync(chunk, Token);
            }
        }
        catch (IOException)
        {
            // Now it is full.
        }
    }

    private static async Task<bool> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        await process.WaitForExitAsync(CancellationToken.None);
        return process.ExitCode == 0;
    }
}
