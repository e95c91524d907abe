namespace NaaS.EndToEnd.Tests.OpenSlice;

/// <summary>Maestro against the production form.</summary>
[Collection(Production.OnServers.Name)]
public sealed class MaestroTwoProcessTests
{
    [Fact(Timeout = 300_000)]
    public async Task A_peer_and_a_portal_order_update_and_end()
    {
        await using var naas = await TwoProcess.StartAsync();
        await MaestroStory.PeerAsync(naas);
        await MaestroStory.PortalAsync(naas);
    }
}
