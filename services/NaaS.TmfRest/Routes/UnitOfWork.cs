using Microsoft.EntityFrameworkCore;
using NaaS.Messaging.Storage;
using NaaS.Tmf.Shared;
using NaaS.TmfRest.Resources;
using NaaS.TmfRest.Security;
using Npgsql;

namespace NaaS.TmfRest.Routes;

/// <summary>Runs a handler in a transaction, again where another request was faster, and writes what it returns.</summary>
internal sealed class UnitOfWork<T>(ResourceDefinition<T> resource, int status, TimeProvider time, Func<EndpointFilterInvocationContext, Task>? before)
    : IEndpointFilter
    where T : TmfResource
{
    private const int MostAttempts = 8;

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var store = http.RequestServices.GetRequiredService<ResourceStore>();
        if (http.Request.RouteValues["id"] is string id)
        {
            store.Precondition = new Precondition(resource.Name, id, EntityTags.Read(http.Request.Headers.IfMatch), Ownership.Party(http, resource));
        }

        if (before is not null)
        {
            await before(context);
        }

        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await RunAsync(context, next, store);
            }
            catch (Exception exception) when (attempt < MostAttempts && IsLostRace(exception))
            {
                store.Db.Restart();
            }
        }
    }

    private Task<object?> RunAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next, ResourceStore store) =>
        store.Db.InTransactionAsync<object?>(
            async token =>
            {
                var repeatable = Idempotency.Of<T>(context, resource);
                if (repeatable is not null && await repeatable.FindAsync(store.Db, resource, token) is { } earlier)
                {
                    return new ResourceResult(resource, earlier, status);
                }

                var result = await next(context);
                if (result is T created)
                {
                    repeatable?.Remember(store.Db, created.Id!, time.GetUtcNow());
                }

                await store.Db.SaveChangesAsync(token);
                return result switch
                {
                    T written => new ResourceResult(resource, store.Tracked<T>(written.Id!), status),
                    IResult own and not Microsoft.AspNetCore.Http.HttpResults.EmptyHttpResult => own,
                    _ => Results.StatusCode(status),
                };
            },
            context.HttpContext.RequestAborted);

    // EF Core wraps what PostgreSQL says: once in a query, twice in a save.
    private static bool IsLostRace(Exception exception) => exception switch
    {
        DbUpdateConcurrencyException => true,
        PostgresException { SqlState: PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected } => true,
        PostgresException { SqlState: PostgresErrorCodes.UniqueViolation, TableName: "idempotency" } => true,
        { InnerException: { } inner } => IsLostRace(inner),
        _ => false,
    };
}
