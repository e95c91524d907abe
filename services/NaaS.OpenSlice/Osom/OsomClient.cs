using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using System.Text.Json.Nodes;
using Refit;

namespace NaaS.OpenSlice.Osom;

/// <summary>
/// Calls a partner as OpenSlice's order manager (OSOM) does: a token for each call, its fixed paths, and replies read by Jackson's rules, so that
/// what would break OpenSlice throws a <see cref="JacksonException"/>. Errors of HTTP throw <see cref="HttpRequestException"/>.
/// </summary>
public sealed class OsomClient : IDisposable
{
    private readonly ConcurrentQueue<Exchange> exchanges = new();
    private readonly HttpClient tokens;
    private readonly HttpClient plain;
    private readonly HttpClient authorised;
    private readonly IPartnerApi api;

    /// <summary>Opens a client; nothing is sent yet.</summary>
    /// <param name="access">The partner.</param>
    /// <param name="clock">Measures how long answers take.</param>
    public OsomClient(PartnerAccess access, TimeProvider clock)
    {
        Access = access;
        tokens = new HttpClient(Recorded(clock)) { Timeout = Patience };
        plain = new HttpClient(Recorded(clock)) { Timeout = Patience };
        authorised = new HttpClient(new PasswordGrant(access, tokens, Recorded(clock)))
        {
            BaseAddress = new Uri(access.BaseUrl.AbsoluteUri.TrimEnd('/')),
            Timeout = Patience,
        };
        api = RestService.For<IPartnerApi>(authorised);
    }

    /// <summary>OSOM's read timeout.</summary>
    public static TimeSpan Patience { get; } = TimeSpan.FromSeconds(30);

    /// <summary>The partner.</summary>
    public PartnerAccess Access { get; }

    /// <summary>All that was asked so far, tokens too, and how it was answered.</summary>
    public IReadOnlyCollection<Exchange> Exchanges => exchanges;

    /// <summary>Asks for a token.</summary>
    public Task<JsonObject> TokenAsync(CancellationToken cancellationToken) => PasswordGrant.AskAsync(Access, tokens, cancellationToken);

    /// <summary>The imported category: its last path segment is its id.</summary>
    public async Task<JsonObject> CategoryAsync(CancellationToken cancellationToken) =>
        Jackson.Category(await TextAsync(api.GetCategoryAsync(Access.CategoryPath.Split('/')[^1], cancellationToken), cancellationToken));

    /// <summary>A candidate.</summary>
    public async Task<JsonObject> CandidateAsync(string id, CancellationToken cancellationToken) =>
        Jackson.Candidate(await TextAsync(api.GetCandidateAsync(id, cancellationToken), cancellationToken));

    /// <summary>Ids of all specifications.</summary>
    public async Task<IReadOnlyList<string>> SpecificationsAsync(CancellationToken cancellationToken) =>
        Jackson.Ids(await TextAsync(api.GetSpecificationsAsync(cancellationToken), cancellationToken));

    /// <summary>A whole specification.</summary>
    public async Task<JsonObject> SpecificationAsync(string id, CancellationToken cancellationToken) =>
        Jackson.Specification(await TextAsync(api.GetSpecificationAsync(id, cancellationToken), cancellationToken));

    /// <summary>Orders.</summary>
    public async Task<JsonObject> OrderAsync(JsonObject order, CancellationToken cancellationToken) =>
        Jackson.Order(await TextAsync(api.PostOrderAsync(order, cancellationToken), cancellationToken));

    /// <summary>Reads an order.</summary>
    public async Task<JsonObject> GetOrderAsync(string id, CancellationToken cancellationToken) =>
        Jackson.Order(await TextAsync(api.GetOrderAsync(id, cancellationToken), cancellationToken));

    /// <summary>Changes an order.</summary>
    public async Task<JsonObject> PatchOrderAsync(string id, JsonObject patch, CancellationToken cancellationToken) =>
        Jackson.Order(await TextAsync(api.PatchOrderAsync(id, patch, cancellationToken), cancellationToken));

    /// <summary>Reads a service.</summary>
    public async Task<JsonObject> GetServiceAsync(string id, CancellationToken cancellationToken) =>
        Jackson.Service(await TextAsync(api.GetServiceAsync(id, cancellationToken), cancellationToken));

    /// <summary>Changes a service.</summary>
    public async Task<JsonObject> PatchServiceAsync(string id, JsonObject patch, CancellationToken cancellationToken) =>
        Jackson.Service(await TextAsync(api.PatchServiceAsync(id, patch, cancellationToken), cancellationToken));

    /// <summary>Reads a path without a token, or with one of the caller's own.</summary>
    /// <returns>The status.</returns>
    public async Task<int> StatusAsync(string path, string? token, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Access.At(path));
        if (token is not null)
        {
            request.Headers.Authorization = new("Bearer", token);
        }

        using var response = await plain.SendAsync(request, cancellationToken);
        return (int)response.StatusCode;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        authorised.Dispose();
        plain.Dispose();
        tokens.Dispose();
    }

    private static async Task<string> TextAsync(Task<HttpResponseMessage> sending, CancellationToken cancellationToken)
    {
        using var response = await SentAsync(sending);
        var text = await response.Content.ReadAsStringAsync(cancellationToken);
        return response.IsSuccessStatusCode
            ? text
            : throw new HttpRequestException($"{response.RequestMessage?.Method} {response.RequestMessage?.RequestUri} answered {(int)response.StatusCode}: {text}", null, response.StatusCode);
    }

    // Refit wraps what went wrong on the way; callers know it by its own type.
    private static async Task<HttpResponseMessage> SentAsync(Task<HttpResponseMessage> sending)
    {
        try
        {
            return await sending;
        }
        catch (ApiRequestException wrapped) when (wrapped.InnerException is HttpRequestException or JacksonException or TaskCanceledException)
        {
            ExceptionDispatchInfo.Throw(wrapped.InnerException);
            throw;
        }
    }

    private ExchangeRecorder Recorded(TimeProvider clock) => new(exchanges, new SocketsHttpHandler { AllowAutoRedirect = false }, clock);
}
