using Microsoft.EntityFrameworkCore;
using NaaS.Messaging.Storage;
using NaaS.Tmf.Events;
using NaaS.Tmf.Json;
using NaaS.TmfRest.Documents;
using NaaS.TmfRest.Errors;
using NaaS.TmfRest.Resources;
using NaaS.TmfRest.Routes;
using NaaS.TmfRest.Security;
using NaaS.TmfRest.Storage;

namespace NaaS.TmfRest.Events;

/// <summary>The hub of an API: listeners register and leave.</summary>
internal static class HubEndpoints
{
    public static void MapHub(TmfRoutes routes)
    {
        var hub = routes.Group.MapGroup("/hub").WithTags("events subscription").WithMetadata(routes.Api, new EventCatalogue(routes.Resources));
        var post = hub.MapPost("", RegisterAsync).Accepts<EventSubscriptionInput>("application/json").Produces<EventSubscription>(StatusCodes.Status201Created);
        var delete = hub.MapDelete("/{id}", UnregisterAsync).Produces(StatusCodes.Status204NoContent);
        DeliveryEndpoints.MapDeliveries(hub, routes.Api.WritePolicy);
        if (routes.Described)
        {
            // Names are unique in a host, and each API has a hub.
            post.WithName($"registerListener{routes.Api.Number}");
            delete.WithName($"unregisterListener{routes.Api.Number}");
        }
    }

    private static async Task<IResult> RegisterAsync(HttpContext context, TmfDb db, Outbound outbound, Addresses addresses, TimeProvider time, CancellationToken cancellationToken)
    {
        var api = Api(context);
        var input = JsonErrors.Read<EventSubscriptionInput>(await RequestBody.ReadObjectAsync(context.Request));
        var callback = input.Callback is { Length: > 0 } given ? given : throw new MissingBodyFieldException("callback is missing");
        await outbound.CheckAsync("callback", callback, cancellationToken);
        EventFilter.Parse(input.Query ?? "");
        var query = Ownership.Restrict(input.Query ?? "", context, context.RequestServices.GetRequiredService<ResourceDefinitions>().All.Where(resource => resource.Api == api));
        var dialect = DialectRoute.Of(context);
        var row = new SubscriptionRow
        {
            Id = Guid.CreateVersion7(time.GetUtcNow()).ToString(),
            Api = api.Number,
            Callback = callback,
            Query = query,
            Dialect = dialect.Dialect.Name,
            CreatedAt = time.GetUtcNow(),
        };
        await db.InTransactionAsync(
            async token =>
            {
                if (await db.Subscriptions.AnyAsync(other => other.Api == row.Api && other.Callback == callback && other.Query == row.Query, token))
                {
                    throw new ResourceConflictException($"{callback} is registered with this query already");
                }

                db.Subscriptions.Add(row);
                await db.SaveChangesAsync(token);
            },
            cancellationToken);
        context.Response.Headers.Location = $"{addresses.Root}{dialect.Prefix}/tmf-api/{api.Path}/hub/{row.Id}";
        context.Response.StatusCode = StatusCodes.Status201Created;
        var answer = TmfJson.Write(new EventSubscription { Id = row.Id, Callback = row.Callback, Query = input.Query });
        await JsonAnswer.WriteAsync(context.Response, answer);
        return Results.Empty;
    }

    private static async Task<IResult> UnregisterAsync(string id, HttpContext context, TmfDb db, CancellationToken cancellationToken)
    {
        var api = Api(context).Number;
        var gone = await db.InTransactionAsync(
            token => db.Subscriptions.Where(row => row.Id == id && row.Api == api).ExecuteDeleteAsync(token), cancellationToken);
        return gone == 1 ? Results.NoContent() : throw new ResourceNotFoundException("hub", id);
    }

    private static TmfApi Api(HttpContext context) => context.GetEndpoint()!.Metadata.GetRequiredMetadata<TmfApi>();
}
