using NaaS.TmfRest.Errors;
using NaaS.TmfRest.Storage;

namespace NaaS.TmfRest.Resources;

/// <summary>An If-Match header: the resource must be one of these versions.</summary>
/// <param name="Type">Name of the resource.</param>
/// <param name="Id">Its id.</param>
/// <param name="Tags">Versions that the client accepts; null for any.</param>
internal sealed record Precondition(string Type, string Id, IReadOnlyList<string>? Tags)
{
    public void Check(ResourceRow row)
    {
        if (row.Type == Type && row.Id == Id && Tags is not null && !Tags.Contains(ETag.Of(row)))
        {
            throw new PreconditionFailedException($"{Type} {Id} has version {ETag.Of(row)}, If-Match names {string.Join(", ", Tags)}");
        }
    }
}
