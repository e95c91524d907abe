using NaaS.TmfRest.Errors;
using NaaS.TmfRest.Security;
using NaaS.TmfRest.Storage;

namespace NaaS.TmfRest.Resources;

/// <summary>What a request demands of the resource that it changes: the versions of its If-Match header, and that it is the caller's.</summary>
/// <param name="Type">Name of the resource.</param>
/// <param name="Id">Its id.</param>
/// <param name="Tags">Versions that the client accepts; null for any.</param>
/// <param name="Party">Party that it must name; null for any.</param>
internal sealed record Precondition(string Type, string Id, IReadOnlyList<string>? Tags, string? Party)
{
    public void Check(ResourceRow row)
    {
        if (row.Type != Type || row.Id != Id)
        {
            return;
        }

        Ownership.Check(row, Party);
        if (Tags is not null && !Tags.Contains(ETag.Of(row)))
        {
            throw new PreconditionFailedException($"{Type} {Id} has version {ETag.Of(row)}, If-Match names {string.Join(", ", Tags)}");
        }
    }
}
