using Microsoft.AspNetCore.Http;
using NaaS.TmfRest.Errors;
using NaaS.TmfRest.Resources;
using NaaS.TmfRest.Routes;
using NaaS.TmfRest.Security;

namespace NaaS.Inventory.Actions;

/// <summary>Our extension of TMF638 for operators: a POST does it, reading tells what was done. Customers find nothing here.</summary>
internal static class ActionEndpoints
{
    public static void Map(TmfRoutes routes) => routes.MapResource<OperatorAction>().MapReading().MapPost(CreateAsync);

    private static async Task<OperatorAction> CreateAsync(
        Posted<OperatorAction> posted, HttpContext context, OperatorActions actions, ResourceStore store, TimeProvider clock, CancellationToken cancellationToken)
    {
        var caller = Caller.Of(context);
        if (!caller.SeesAll)
        {
            throw new ResourceNotFoundException("operatorAction", "for customers");
        }

        var action = posted.Resource;
        (action.By, action.At) = (caller.Subject, clock.GetUtcNow());
        store.Insert(action);
        await actions.DoAsync(action, cancellationToken);
        return action;
    }
}
