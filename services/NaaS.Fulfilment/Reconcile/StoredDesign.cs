using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Nodes;
using NaaS.Fulfilment.Bundle;
using NaaS.Fulfilment.Deliver;
using NaaS.Fulfilment.Place;
using NaaS.Fulfilment.Render;
using NaaS.Fulfilment.Translate;

namespace NaaS.Fulfilment.Reconcile;

/// <summary>The stored form of a <see cref="Design"/>: compressed JSON in which each object stands once.</summary>
internal sealed record StoredDesign
{
    public required DeploymentIntent Intent { get; init; }

    public required string ChartVersion { get; init; }

    public required string ChartDigest { get; init; }

    public required string Digest { get; init; }

    public required IReadOnlyList<JsonObject> Objects { get; init; }

    public required IReadOnlyList<StoredGroup> Groups { get; init; }

    public required IReadOnlyList<ComponentLink> Links { get; init; }

    public required IReadOnlyList<JsonObject> Crds { get; init; }

    public required IReadOnlyDictionary<string, IReadOnlyList<ReleaseHook>> Hooks { get; init; }

    public string? Notes { get; init; }

    public LinkPolicy LinkPolicy { get; init; }

    public HelmRecord? Helm { get; init; }

    /// <summary>Compresses a design.</summary>
    public static byte[] Write(Design design)
    {
        var objects = design.Groups.SelectMany(group => group.Objects).DistinctBy(ObjectKey.Of).ToList();
        var index = objects.Select((o, i) => (Key: ObjectKey.Of(o), Index: i)).ToDictionary(entry => entry.Key, entry => entry.Index);
        var stored = new StoredDesign
        {
            Intent = design.Intent,
            ChartVersion = design.ChartVersion,
            ChartDigest = design.ChartDigest,
            Digest = design.Digest,
            Objects = objects,
            Groups = [.. design.Groups.Select(group =>
                new StoredGroup(group.Name, group.Rule, group.Components, [.. group.Objects.Select(o => index[ObjectKey.Of(o)])]))],
            Links = design.Links,
            Crds = design.Crds,
            Hooks = design.Hooks,
            Notes = design.Notes,
            LinkPolicy = design.LinkPolicy,
            Helm = design.Helm,
        };
        using var buffer = new MemoryStream();
        using (var zip = new BrotliStream(buffer, CompressionLevel.Fastest))
        {
            JsonSerializer.Serialize(zip, stored);
        }

        return buffer.ToArray();
    }

    /// <summary>Reads a design back.</summary>
    public static Design Read(byte[] content)
    {
        using var zip = new BrotliStream(new MemoryStream(content), CompressionMode.Decompress);
        var stored = JsonSerializer.Deserialize<StoredDesign>(zip)!;
        return new()
        {
            Intent = stored.Intent,
            ChartVersion = stored.ChartVersion,
            ChartDigest = stored.ChartDigest,
            Digest = stored.Digest,
            Groups = [.. stored.Groups.Select(group =>
                new PlacementGroup(group.Name, group.Rule, group.Components, [.. group.Objects.Select(i => stored.Objects[i])]))],
            Links = stored.Links,
            Crds = stored.Crds,
            Hooks = stored.Hooks,
            Notes = stored.Notes,
            LinkPolicy = stored.LinkPolicy,
            Helm = stored.Helm,
        };
    }
}

/// <summary>A group whose objects are indexes.</summary>
internal sealed record StoredGroup(string Name, PlacementRule Rule, IReadOnlyList<Component> Components, IReadOnlyList<int> Objects);
