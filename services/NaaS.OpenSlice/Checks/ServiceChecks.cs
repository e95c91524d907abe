using System.Text.Json.Nodes;
using NaaS.OpenSlice.Osom;
using static NaaS.OpenSlice.Checks.CheckFailedException;

namespace NaaS.OpenSlice.Checks;

/// <summary>The services of a completed order are mirrored, read often, echoed and changed.</summary>
internal sealed class ServiceChecks(OsomClient client, CheckList list, CheckOptions options, Polling polling, TimeProvider clock)
{
    private const int Reads = 20;
    private static readonly TimeSpan Cheap = TimeSpan.FromSeconds(1);

    /// <summary>Runs them on the order's first service, which is the one that customers change.</summary>
    /// <returns>Whether the services can be read at all.</returns>
    public async Task<bool> RunAsync(JsonObject order, CancellationToken cancellationToken)
    {
        foreach (var one in Polling.Supporting(order))
        {
            if (!await list.TryAsync(async () => Check(await client.GetServiceAsync(one, cancellationToken)), OfService))
            {
                return false;
            }
        }

        list.Pass([23, 33], "as needed");
        var id = Polling.Supporting(order)[0];
        await list.TryAsync(() => CheapAsync(id, cancellationToken), OfService);
        if (!await list.TryAsync(() => UnchangedAsync(id, cancellationToken), failure => failure is JacksonException ? 28 : 27))
        {
            list.Leave([26, 28, 29], "a PATCH failed before");
            return true;
        }

        await list.TryAsync(() => UnknownAsync(id, cancellationToken), failure => failure is JacksonException ? 28 : 29);
        list.Pass([29], "nothing changed");
        if (options.Change is { } change)
        {
            await list.TryAsync(() => ChangedAsync(id, change, cancellationToken), failure => failure is JacksonException ? 28 : 27);
        }

        list.Leave([26, 28], "no characteristic to change is given");
        return true;
    }

    /// <summary>Which check tells of a failure with a service that is read.</summary>
    public static int OfService(Exception failure) => failure switch
    {
        JacksonException { Rule: JacksonRule.Value } => 10,
        JacksonException { Rule: JacksonRule.Date } => 12,
        _ => 23,
    };

    private static void Check(JsonObject service)
    {
        Unless(23, (string?)service["uuid"] == (string?)service["id"], $"uuid {service["uuid"]} is not id {service["id"]}");
        Unless(23, service["name"] is not null, "a service has no name");
        Unless(
            23,
            (string?)service["category"] is "CustomerFacingService" or "ResourceFacingService" or "CustomerFacingServiceSpecification" or "ResourceFacingServiceSpecification",
            $"category is {service["category"]}");
        Unless(23, service["serviceSpecification"]?["id"] is not null && service["serviceSpecification"]?["name"] is not null, "its specification lacks id or name");
        Names.Check(service["serviceCharacteristic"]!.AsArray());
    }

    private async Task CheapAsync(string id, CancellationToken cancellationToken)
    {
        var first = await client.GetServiceAsync(id, cancellationToken);
        var started = clock.GetTimestamp();
        for (var time = 0; time < Reads; time++)
        {
            Unless(25, JsonNode.DeepEquals(first, await client.GetServiceAsync(id, cancellationToken)), "reading it again shows another service");
        }

        var each = clock.GetElapsedTime(started) / Reads;
        Unless(25, each < Cheap, $"a read takes {each.TotalSeconds:F1} s with its token");
        list.Pass([25], $"{Reads} reads, {each.TotalMilliseconds:F0} ms each with its token");
    }

    private async Task UnchangedAsync(string id, CancellationToken cancellationToken)
    {
        var before = await client.GetServiceAsync(id, cancellationToken);
        var answer = await client.PatchServiceAsync(id, OsomPayloads.ServicePatch(before, new Dictionary<string, string>()), cancellationToken);
        Unless(27, (string?)answer["state"] == (string?)before["state"], $"state null made it {answer["state"]}");
        list.Pass([27], "all characteristics and nulls were taken");
        await UntouchedAsync(before, cancellationToken);
    }

    private async Task UnknownAsync(string id, CancellationToken cancellationToken)
    {
        var before = await client.GetServiceAsync(id, cancellationToken);
        var sent = before.DeepClone().AsObject();
        sent["serviceCharacteristic"]!.AsArray().Add(new JsonObject { ["name"] = "naas-check-unknown", ["value"] = new JsonObject { ["value"] = "abc", ["alias"] = "" } });
        await client.PatchServiceAsync(id, OsomPayloads.ServicePatch(sent, new Dictionary<string, string>()), cancellationToken);
        await UntouchedAsync(before, cancellationToken);
    }

    private async Task UntouchedAsync(JsonObject before, CancellationToken cancellationToken)
    {
        var after = await client.GetServiceAsync((string)before["id"]!, cancellationToken);
        Unless(29, JsonNode.DeepEquals(before["serviceCharacteristic"], after["serviceCharacteristic"]), "unchanged values changed the service");
    }

    private async Task ChangedAsync(string id, KeyValuePair<string, string> change, CancellationToken cancellationToken)
    {
        var before = await client.GetServiceAsync(id, cancellationToken);
        var answer = await client.PatchServiceAsync(id, OsomPayloads.ServicePatch(before, new Dictionary<string, string> { [change.Key] = change.Value }), cancellationToken);
        Unless(28, NamesOf(answer).IsSupersetOf(NamesOf(before)), "the answer lacks characteristics");
        list.Pass([28], $"the answer has {NamesOf(answer).Count} characteristics");
        var started = clock.GetTimestamp();
        await polling.ServiceAsync(id, 26, one => Value(one, change.Key) == change.Value, options.Sync, cancellationToken);
        list.Pass([26], $"{change.Key} shows {change.Value} after {clock.GetElapsedTime(started).TotalSeconds:F1} s");
    }

    private static HashSet<string?> NamesOf(JsonObject service) => [.. service["serviceCharacteristic"]!.AsArray().Select(one => (string?)one!["name"])];

    private static string? Value(JsonObject service, string name) =>
        service["serviceCharacteristic"]!.AsArray().OfType<JsonObject>().Where(one => (string?)one["name"] == name).Select(Jackson.ValueOf).FirstOrDefault();
}
