using System.Text.Json.Nodes;

namespace NaaS.Api.Tests.Conformance.Walk;

/// <summary>What the walk needs to know of a resource to try everything that TM Forum says of it.</summary>
/// <param name="Api">Base path of its API.</param>
/// <param name="Number">Number of the API, such as <c>TMF641</c>.</param>
/// <param name="Name">Its name in paths and events.</param>
/// <param name="Definition">Its schema in the official file.</param>
internal sealed record ResourceCase(string Api, string Number, string Name, string Definition)
{
    /// <summary>The operations that the official file has; all others are 405.</summary>
    public required string Operations { get; init; }

    /// <summary>The smallest body that is taken, made anew for each resource.</summary>
    public required Func<World, Task<JsonObject>> Body { get; init; }

    /// <summary>Attributes that a POST must carry.</summary>
    public required string Demanded { get; init; }

    /// <summary>Attributes that every answer carries.</summary>
    public required string Mandatory { get; init; }

    /// <summary>Attributes that a PATCH must leave alone, with a value that differs.</summary>
    public IReadOnlyList<(string Name, JsonNode Value)> Protected { get; init; } = [];

    /// <summary>A text attribute that every media type of PATCH can change.</summary>
    public string Changeable { get; init; } = "description";

    /// <summary>An array attribute whose elements an RFC 6902 and a JSON Patch Query can reach, with one element.</summary>
    public (string Name, string Attribute, JsonObject Element)? Array { get; init; }

    /// <summary>Event types that its changes bring forth.</summary>
    public string Events { get; init; } = "";

    /// <summary>What a change of state needs, so that the event of it comes; null where a PATCH cannot do it.</summary>
    public Func<World, string, Task>? BeforeDelete { get; init; }

    /// <summary>Attributes that are not sent in the round trip, since a rule ties them to something else.</summary>
    public string NotSampled { get; init; } = "";

    /// <summary>Path of the collection.</summary>
    public string Path => $"{Api}/{Name}";

    /// <summary>Whether the official file has the operation.</summary>
    public bool Has(string operation) => Operations.Split(' ').Contains(operation);
}
