using System.Text.Json.Nodes;
using NaaS.OpenSlice.Client;
using NaaS.OpenSlice.Osom;

namespace NaaS.OpenSlice.Push;

/// <summary>
/// Which of OpenSlice's services mirrors which of ours. We are never told, and its list shows no characteristics, so each service of it is read once.
/// </summary>
internal sealed class Mirrors(IOpenSliceApi api, TimeSpan pause, TimeProvider clock)
{
    private const string Link = "externalPartnerServiceId";
    private readonly Dictionary<string, string> byOurs = [];
    private readonly HashSet<string> read = [];
    private DateTimeOffset next = DateTimeOffset.MinValue;

    /// <summary>Id of the mirroring service; null where there is none, or none was found when last looked for.</summary>
    public async Task<string?> FindAsync(string ours, CancellationToken cancellationToken)
    {
        if (!byOurs.ContainsKey(ours) && clock.GetUtcNow() >= next)
        {
            next = clock.GetUtcNow() + pause;
            await LookAsync(cancellationToken);
        }

        return byOurs.GetValueOrDefault(ours);
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        var rows = await api.GetServicesAsync(cancellationToken);
        foreach (var id in rows.OfType<JsonObject>().Select(row => (string?)row["id"] ?? (string?)row["uuid"]).OfType<string>().Where(id => !read.Contains(id)).ToList())
        {
            var service = await api.GetServiceAsync(id, cancellationToken);
            var link = (service["serviceCharacteristic"] as JsonArray ?? []).OfType<JsonObject>().FirstOrDefault(one => (string?)one["name"] == Link);
            if (link is not null)
            {
                byOurs[Jackson.ValueOf(link)] = id;
            }

            // One that is being made may get its link yet.
            if (link is not null || (string?)service["state"] is "active" or "terminated" or "inactive")
            {
                read.Add(id);
            }
        }
    }
}
