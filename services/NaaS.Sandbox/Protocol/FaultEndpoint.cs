using System.Text;
using Microsoft.AspNetCore.Http;
using NaaS.Sandbox.Store;

namespace NaaS.Sandbox.Protocol;

/// <summary>
/// <c>/faults/hub</c>, <c>/faults/c1</c> ...: PUT orders faults of that API server (<see cref="ApiFaults"/>), GET tells them, DELETE ends them.
/// </summary>
internal static class FaultEndpoint
{
    public static async Task HandleAsync(HttpContext http, ApiServer server)
    {
        switch (http.Request.Method)
        {
            case var _ when http.Request.Headers.Origin.Count > 0:
                await Replies.StatusAsync(http, new ApiStatusException(403, "Forbidden", "requests from web pages are not served"));
                return;
            case "PUT":
                var text = Encoding.UTF8.GetString((await Bodies.ReadAsync(http.Request, http.RequestAborted)).Span);
                try
                {
                    server.Faults.Order(text);
                }
                catch (FormatException unknown)
                {
                    await Replies.StatusAsync(http, ApiErrors.BadRequest(unknown.Message));
                    return;
                }
                break;
            case "DELETE":
                server.Faults.Repair();
                break;
            case "GET":
                break;
            default:
                await Replies.StatusAsync(http, ApiErrors.MethodNotAllowed());
                return;
        }
        await Replies.BytesAsync(http, 200, Encoding.UTF8.GetBytes(server.Faults + "\n"), "text/plain; charset=utf-8");
    }
}
