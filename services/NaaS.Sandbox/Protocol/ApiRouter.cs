using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using NaaS.Sandbox.Store;

namespace NaaS.Sandbox.Protocol;

/// <summary>One API server's paths: discovery, OpenAPI, health, objects.</summary>
internal static class ApiRouter
{
    /// <summary>Answers a request whose path, without the server's prefix, is <paramref name="path"/>.</summary>
    public static async Task HandleAsync(HttpContext http, ApiServer server, string path)
    {
        try
        {
            if (http.Request.Headers.Origin.Count > 0)
            {
                // Only browsers send it, on behalf of pages that have no business here.
                throw new ApiStatusException(403, "Forbidden", "requests from web pages are not served");
            }
            if (!await server.Faults.LetInAsync(http))
            {
                return;
            }
            await RouteAsync(http, server, path.Split('/', StringSplitOptions.RemoveEmptyEntries));
        }
        catch (ApiStatusException refusal) when (!http.Response.HasStarted)
        {
            await Replies.StatusAsync(http, refusal);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // The client did not wait for the answer.
        }
    }

    private static Task RouteAsync(HttpContext http, ApiServer server, string[] path) => path switch
    {
        [] => Replies.JsonAsync(http, 200, new JsonObject { ["paths"] = new JsonArray("/api", "/apis", "/openapi/v2", "/openapi/v3", "/version") }),
        ["version"] => Replies.JsonAsync(http, 200, Discovery.Version),
        ["healthz" or "livez" or "readyz", ..] => Replies.BytesAsync(http, 200, "ok"u8.ToArray(), "text/plain; charset=utf-8"),
        ["openapi", "v2"] => OpenApi.SwaggerAsync(http, server),
        ["openapi", "v3"] => OpenApi.IndexAsync(http, server),
        ["openapi", "v3", "api", var version] => OpenApi.GroupAsync(http, server, "", version),
        ["openapi", "v3", "apis", var group, var version] => OpenApi.GroupAsync(http, server, group, version),
        ["api"] => Discovery.CoreAsync(http, server.Store),
        ["apis"] => Discovery.GroupsAsync(http, server.Store),
        ["api", var version] => Discovery.VersionAsync(http, server.Store, "", version),
        ["apis", var group] => Discovery.GroupAsync(http, server.Store, group),
        ["apis", var group, var version] => Discovery.VersionAsync(http, server.Store, group, version),
        ["api", var version, .. var rest] => ObjectsAsync(http, server, "", version, rest),
        ["apis", var group, var version, .. var rest] => ObjectsAsync(http, server, group, version, rest),
        _ => throw ApiErrors.NoSuchResource(),
    };

    private static async Task ObjectsAsync(HttpContext http, ApiServer server, string group, string version, string[] path)
    {
        var (ns, plural, name, sub) = path switch
        {
            ["namespaces", var inside, var what] when !IsNamespaceSubresource(what) => (inside, what, null, null),
            ["namespaces", var inside, var what, var which] => (inside, what, which, null),
            ["namespaces", var inside, var what, var which, var part] => (inside, what, which, part),
            [var what] => ((string?)null, what, (string?)null, (string?)null),
            [var what, var which] => (null, what, which, null),
            [var what, var which, var part] => (null, what, which, part),
            _ => throw ApiErrors.NoSuchResource(),
        };
        if (http.Request.Method == "POST" && await Reviews.AnswerAsync(http, group, plural, http.RequestAborted) is { } review)
        {
            await Replies.JsonAsync(http, 201, review);
            return;
        }
        var served = Served.Find(server.Store, group, version, plural) ?? throw ApiErrors.NoSuchResource();
        if (served.Type.Namespaced ? name is not null && ns is null : ns is not null)
        {
            throw ApiErrors.NoSuchResource();
        }
        await ObjectEndpoints.HandleAsync(new ApiRequest
        {
            Http = http,
            Server = server,
            Served = served,
            Namespace = ns,
            Name = name,
            Subresource = sub,
        });
    }

    private static bool IsNamespaceSubresource(string part) => part is "status" or "finalize";
}
