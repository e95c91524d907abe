using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using NaaS.OpenSlice.Client;
using WireMock;
using WireMock.Matchers;
using WireMock.RequestBuilders;
using WireMock.ResponseBuilders;
using WireMock.Server;
using WireMock.Types;
using WireMock.Util;

namespace NaaS.OpenSlice.Tests.Hosting;

/// <summary>WireMock plays an OpenSlice: its Keycloak, organizations, services and orders, with lists that show less than the resources.</summary>
internal sealed class FakeOpenSlice : IDisposable
{
    public const string Password = "secret of the user";
    private readonly WireMockServer server = WireMockServer.Start();

    public FakeOpenSlice()
    {
        server.Given(Request.Create().WithPath("/token").UsingPost()).RespondWith(Response.Create().WithCallback(Token));
        Serve("/tmf-api/party/v4/organization", Organizations, "name");
        Serve("/tmf-api/serviceInventory/v4/service", Services, "name");
        Serve("/tmf-api/serviceOrdering/v4/serviceOrder", Orders, "externalId");
        Serve("/tmf-api/serviceCatalogManagement/v4/serviceSpecification", Specifications, "name");
    }

    public ConcurrentDictionary<string, JsonObject> Organizations { get; } = new();

    public ConcurrentDictionary<string, JsonObject> Services { get; } = new();

    public ConcurrentDictionary<string, JsonObject> Orders { get; } = new();

    public ConcurrentDictionary<string, JsonObject> Specifications { get; } = new();

    /// <summary>Bodies of POST and PATCH with their path, oldest first.</summary>
    public ConcurrentQueue<(string Method, string Path, JsonObject Body)> Written { get; } = new();

    /// <summary>Everything that was asked with a token, oldest first.</summary>
    public ConcurrentQueue<(string Method, string Path)> Asked { get; } = new();

    /// <summary>Holds a request up before it takes effect.</summary>
    public Func<string, string, Task> Before { get; set; } = (_, _) => Task.CompletedTask;

    /// <summary>Holds an answer up after the request has taken effect.</summary>
    public Func<string, string, Task> After { get; set; } = (_, _) => Task.CompletedTask;

    public Uri Url => new(server.Url!);

    public OpenSliceAccess Access => new() { BaseUrl = Url, TokenUri = new Uri(Url, "/token"), Username = "admin", Password = Password };

    /// <summary>Settings of an API that reaches it.</summary>
    public IEnumerable<(string, string)> Settings(string section) =>
    [
        ($"{section}:BaseUrl", Url.ToString()), ($"{section}:TokenUri", new Uri(Url, "/token").ToString()), ($"{section}:Username", "admin"), ($"{section}:Password", Password),
    ];

    public void Dispose() => server.Dispose();

    private static ResponseMessage Token(IRequestMessage request) =>
        request.Body?.Contains($"password={Uri.EscapeDataString(Password).Replace("%20", "+", StringComparison.Ordinal)}", StringComparison.Ordinal) == true
            ? Answer(200, new JsonObject { ["access_token"] = "openslice-token", ["token_type"] = "Bearer", ["expires_in"] = 300 })
            : Answer(401, new JsonObject { ["error"] = "invalid_grant" });

    private void Serve(string path, ConcurrentDictionary<string, JsonObject> resources, string shown)
    {
        var one = new WildcardMatcher(path + "/*");
        On(Request.Create().WithPath(path).UsingGet(), _ => Answer(200, new JsonArray([.. resources.Select(entry => (JsonNode)new JsonObject
        {
            ["uuid"] = entry.Key,
            ["id"] = entry.Key,
            [shown] = entry.Value[shown]?.DeepClone(),
        })])));
        On(Request.Create().WithPath(one).UsingGet(), request => resources.TryGetValue(Id(request), out var found) ? Answer(200, found) : Answer(404, new JsonObject()));
        On(Request.Create().WithPath(path).UsingPost(), request =>
        {
            var id = Guid.NewGuid().ToString();
            var body = Body(request);
            body["id"] = id;
            body["uuid"] = id;
            resources[id] = body;
            return Answer(200, body);
        });
        On(Request.Create().WithPath(one).UsingPatch(), request => Answer(200, resources[Id(request)] = Merged(resources[Id(request)], Body(request))));
    }

    private void On(IRequestBuilder request, Func<IRequestMessage, ResponseMessage> answer) =>
        server.Given(request).RespondWith(Response.Create().WithCallback(async message =>
        {
            if (message.Headers is not { } headers || !headers.TryGetValue("Authorization", out var token) || token.ToString() != "Bearer openslice-token")
            {
                return Answer(401, new JsonObject());
            }

            await Before(message.Method, message.Path);
            Asked.Enqueue((message.Method, message.Path));
            var given = answer(message);
            await After(message.Method, message.Path);
            return given;
        }));

    private JsonObject Body(IRequestMessage request)
    {
        var body = JsonNode.Parse(request.Body!)!.AsObject();
        Written.Enqueue((request.Method, request.Path, body.DeepClone().AsObject()));
        return body;
    }

    // Characteristics of services merge by name; those of organizations are replaced by the ones sent, as OpenSlice does.
    private static JsonObject Merged(JsonObject stored, JsonObject patch)
    {
        var merged = stored.DeepClone().AsObject();
        foreach (var (name, value) in patch)
        {
            if (name == "serviceCharacteristic" && merged[name] is JsonArray known)
            {
                var sent = value!.AsArray().Select(one => (string?)one!["name"]).ToHashSet();
                merged[name] = new JsonArray([.. known.Where(one => !sent.Contains((string?)one!["name"])).Concat(value.AsArray()).Select(one => one!.DeepClone())]);
            }
            else
            {
                merged[name] = value?.DeepClone();
            }
        }

        return merged;
    }

    private static string Id(IRequestMessage request) => request.Path.Split('/')[^1];

    private static ResponseMessage Answer(int status, JsonNode body) => new()
    {
        StatusCode = status,
        Headers = new Dictionary<string, WireMockList<string>> { ["Content-Type"] = new("application/json") },
        BodyData = new BodyData { DetectedBodyType = BodyType.String, BodyAsString = body.ToJsonString() },
    };
}
