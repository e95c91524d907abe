using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using NaaS.Tmf.Json;
using NaaS.Tmf.Shared;
using NaaS.TmfRest.Errors;
using NaaS.TmfRest.Resources;
using NaaS.TmfRest.Security;
using NaaS.TmfRest.Storage;

namespace NaaS.TmfRest.Routes;

/// <summary>The header Idempotency-Key of a POST: the same request again is answered with the resource that the first one created.</summary>
internal sealed class Idempotency
{
    private const int LongestKey = 200;
    private readonly string key;
    private readonly string digest;

    private Idempotency(string key, string digest)
    {
        this.key = key;
        this.digest = digest;
    }

    /// <summary>The key of a request; null where it is no POST or has none.</summary>
    public static Idempotency? Of<T>(EndpointFilterInvocationContext context, ResourceDefinition resource)
        where T : TmfResource
    {
        var header = context.HttpContext.Request.Headers["Idempotency-Key"].ToString();
        if (header.Length == 0 || context.Arguments.OfType<Posted<T>>().FirstOrDefault() is not { } posted)
        {
            return null;
        }

        if (header.Length > LongestKey)
        {
            throw new InvalidHeaderException($"Idempotency-Key has more than {LongestKey} characters");
        }

        var digest = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(posted.Body.ToJsonString(TmfJson.Options))));
        return new Idempotency($"{Caller.Of(context.HttpContext).Subject}|{resource.Name}|{header}", digest);
    }

    /// <summary>What the first request created; null where this is the first.</summary>
    /// <exception cref="UnprocessableException">The first had another body.</exception>
    public async Task<ResourceRow?> FindAsync(TmfDb db, ResourceDefinition resource, CancellationToken cancellationToken)
    {
        var earlier = await db.IdempotencyKeys.AsNoTracking().FirstOrDefaultAsync(row => row.Key == key, cancellationToken);
        if (earlier is null)
        {
            return null;
        }

        return earlier.Digest == digest
            ? await db.Resources.AsNoTracking().FirstOrDefaultAsync(row => row.Type == resource.Name && row.Id == earlier.ResourceId, cancellationToken)
                ?? throw new ResourceConflictException($"{resource.Name} {earlier.ResourceId}, which this Idempotency-Key created, has been deleted")
            : throw new UnprocessableException("This Idempotency-Key was used with another body");
    }

    /// <summary>Remembers what this request created, in its transaction.</summary>
    public void Remember(TmfDb db, string resourceId, DateTimeOffset at) =>
        db.Add(new IdempotencyRow { Key = key, Digest = digest, ResourceId = resourceId, At = at });
}
