namespace NaaS.EndToEnd.Tests.OpenSlice;

/// <summary>Maestro against <c>naas serve</c>.</summary>
public sealed class MaestroServeTests
{
    [Fact(Timeout = 240_000)]
    public async Task A_portal_orders_an_application_with_its_cluster_updates_it_with_whole_bodies_and_ends_both()
    {
        await using var naas = await Serve.StartAsync();
        await MaestroStory.PortalAsync(naas);
    }

    [Fact(Timeout = 180_000)]
    public async Task A_peer_imports_a_specification_orders_it_and_updates_the_service()
    {
        await using var naas = await Serve.StartAsync();
        await MaestroStory.PeerAsync(naas);
    }
}
