using System.Text.Json.Nodes;
using NaaS.Tmf.Shared;

namespace NaaS.TmfRest.Resources;

/// <summary>What the kit knows of a resource.</summary>
public abstract class ResourceDefinition
{
    private protected ResourceDefinition(TmfApi api, string name, Type model)
    {
        Api = api;
        Name = name;
        Model = model;
    }

    /// <summary>The API that it belongs to.</summary>
    public TmfApi Api { get; }

    /// <summary>Name in paths and events, such as <c>serviceOrder</c>.</summary>
    public string Name { get; }

    /// <summary>Its model.</summary>
    public Type Model { get; }

    /// <summary>Attributes that a POST must carry.</summary>
    public IReadOnlyList<string> Required { get; init; } = [];

    /// <summary>Further ones that the feature demands itself, since not every dialect is answered with an error; only the documents tell them.</summary>
    public IReadOnlyList<string> RequiredByRules { get; init; } = [];

    /// <summary>Attributes that the server sets: dropped from a POST.</summary>
    public IReadOnlyList<string> NotOnCreate { get; init; } = ["id", "href"];

    /// <summary>Attributes that a PATCH must leave as they are.</summary>
    public IReadOnlyList<string> NotPatchable { get; init; } = ["id", "href"];

    /// <summary>Attributes whose change alone is no change for listeners.</summary>
    public IReadOnlyList<string> Silent { get; init; } = ["lastUpdate"];

    /// <summary>Whether its resources belong to the parties that they name in relatedParty.</summary>
    public bool HasOwners { get; init; }

    /// <summary>Whether its documents hold secrets in plain: they are encrypted and served by no route.</summary>
    public bool IsSealed { get; init; }

    /// <summary>Whether its resources are only answers, such as a preview: they are forgotten as events are.</summary>
    public bool IsForgotten { get; init; }

    /// <summary>Attributes by which we search a sealed resource ourselves; they are stored beside it in plain.</summary>
    public IReadOnlyList<string> SearchedBy { get; init; } = [];

    /// <summary>Event types of its changes.</summary>
    public ResourceEvents Events { get; init; } = ResourceEvents.None;

    /// <summary>Event types that features raise themselves, such as ServiceOrderMilestoneEvent.</summary>
    public IReadOnlyList<string> RaisedEvents { get; init; } = [];

    /// <summary>Takes out of an event's copy what listeners must not get (values documents, secrets).</summary>
    public Action<JsonObject>? ForEvents { get; init; }

    /// <summary>Changes a copy before it is sent to a client: secrets become <c>***</c>.</summary>
    public Action<JsonObject>? ForReaders { get; init; }
}

/// <summary>What the kit knows of a resource with model <typeparamref name="T"/>.</summary>
/// <param name="api">The API that it belongs to.</param>
/// <param name="name">Name in paths and events, such as <c>serviceOrder</c>.</param>
public sealed class ResourceDefinition<T>(TmfApi api, string name) : ResourceDefinition(api, name, typeof(T))
    where T : TmfResource;
