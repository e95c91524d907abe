using System.Text.Json.Nodes;
using NaaS.TmfRest.Queries;
using NaaS.TmfRest.Resources;

namespace NaaS.TmfRest.Storage;

/// <summary>What a unit of work is going to store of a resource, so that it need not be read back from its text.</summary>
/// <param name="Resource">What the kit knows of it.</param>
/// <param name="Document">The document, without id and address; not to be changed.</param>
internal sealed record WrittenResource(ResourceDefinition Resource, JsonObject Document)
{
    /// <summary>What it is searched by; of a sealed one only what may lie beside it in plain.</summary>
    public string Search(string id) =>
        SearchMap.Of(Document, id, attribute => !Resource.IsSealed || Resource.SearchedBy.Contains(attribute)).ToJson();
}
