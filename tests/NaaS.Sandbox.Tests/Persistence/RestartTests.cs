namespace NaaS.Sandbox.Tests.Persistence;

/// <summary>What a sandbox with a data folder keeps.</summary>
public sealed class RestartTests : IDisposable
{
    private const string Maps = "api/v1/namespaces/default/configmaps";
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("naas-sandbox-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Objects_definitions_and_added_clusters_survive_and_versions_go_on()
    {
        string uid;
        long version;
        await using (var first = await StartAsync())
        {
            using var hub = new HubClient(first.Hub);
            (await hub.PostAsync("apis/apiextensions.k8s.io/v1/customresourcedefinitions", """
                {"metadata":{"name":"gears.example.org"},"spec":{"group":"example.org","scope":"Cluster","names":{"plural":"gears","kind":"Gear"},
                 "versions":[{"name":"v1","served":true,"storage":true,"schema":{"openAPIV3Schema":{"type":"object","properties":{"teeth":{"type":"integer"}}}}}]}}
                """)).Code.ShouldBe(201);
            await hub.PostAsync("apis/example.org/v1/gears", """{"metadata":{"name":"g"},"teeth":12}""");
            await hub.PostAsync(Maps, """{"metadata":{"name":"gone"}}""");
            await hub.DeleteAsync(Maps + "/gone");
            await first.AddClusterAsync(SandboxCluster.Of("c4", "kubernetes", "edge"), TestContext.Current.CancellationToken);
            var (_, made) = await hub.PostAsync(Maps, """{"metadata":{"name":"kept"},"data":{"a":"1"}}""");
            (uid, version) = (made["metadata"]!["uid"]!.GetValue<string>(), long.Parse(made["metadata"]!["resourceVersion"]!.GetValue<string>()));
        }

        await using var second = await StartAsync();
        second.Clusters.Keys.Order().ShouldBe(["c1", "c2", "c3", "c4"]);
        using var again = new HubClient(second.Hub);
        (await again.GetAsync(Maps + "/kept")).Body["metadata"]!["uid"]!.GetValue<string>().ShouldBe(uid);
        (await again.GetAsync(Maps + "/gone")).Code.ShouldBe(404);
        ((int)(await again.GetAsync("apis/example.org/v1/gears/g")).Body["teeth"]!).ShouldBe(12);
        var (_, next) = await again.PostAsync(Maps, """{"metadata":{"name":"next"}}""");
        long.Parse(next["metadata"]!["resourceVersion"]!.GetValue<string>()).ShouldBeGreaterThan(version);
        await foreach (var line in again.WatchAsync($"{Maps}?watch=true&resourceVersion={version - 1}"))
        {
            line["type"]!.GetValue<string>().ShouldBe("ERROR");
            ((int)line["object"]!["code"]!).ShouldBe(410);
        }
    }

    [Fact]
    public async Task What_was_answered_is_in_the_file_even_if_the_process_dies()
    {
        await using var first = await StartAsync();
        using var hub = new HubClient(first.Hub);
        (await hub.PostAsync(Maps, """{"metadata":{"name":"answered"}}""")).Code.ShouldBe(201);

        // A copy of the files is what a killed process leaves behind.
        var copy = _folder.CreateSubdirectory("copy");
        foreach (var file in _folder.GetFiles("hub.db*"))
        {
            await using var from = new FileStream(file.FullName, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            await using var to = File.Create(Path.Combine(copy.FullName, file.Name));
            await from.CopyToAsync(to, TestContext.Current.CancellationToken);
        }
        await using var second = await Sandbox.StartAsync(new SandboxOptions { DataFolder = copy.FullName }, TestContext.Current.CancellationToken);
        using var again = new HubClient(second.Hub);
        (await again.GetAsync(Maps + "/answered")).Code.ShouldBe(200);
    }

    [Fact]
    public async Task A_folder_belongs_to_one_sandbox_at_a_time()
    {
        await using var first = await StartAsync();
        (await Should.ThrowAsync<IOException>(StartAsync)).Message.ShouldBe($"{_folder.FullName} is in use by another sandbox");
    }

    private Task<Sandbox> StartAsync() => Sandbox.StartAsync(new SandboxOptions { DataFolder = _folder.FullName }, TestContext.Current.CancellationToken);
}
