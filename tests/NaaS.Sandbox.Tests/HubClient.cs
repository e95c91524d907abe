using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace NaaS.Sandbox.Tests;

/// <summary>Speaks plain HTTP with one API server.</summary>
internal sealed class HubClient(Uri server) : IDisposable
{
    private readonly HttpClient _http = new() { BaseAddress = new Uri(server + "/"), Timeout = TimeSpan.FromSeconds(30) };

    public Task<(int Code, JsonObject Body)> GetAsync(string path, string? accept = null) => SendAsync("GET", path, null, "application/json", accept);

    public Task<(int Code, JsonObject Body)> PostAsync(string path, string body) => SendAsync("POST", path, body, "application/json");

    public Task<(int Code, JsonObject Body)> PutAsync(string path, string body) => SendAsync("PUT", path, body, "application/json");

    public Task<(int Code, JsonObject Body)> DeleteAsync(string path, string? body = null) => SendAsync("DELETE", path, body, "application/json");

    public Task<(int Code, JsonObject Body)> MergeAsync(string path, string body) => SendAsync("PATCH", path, body, "application/merge-patch+json");

    public Task<(int Code, JsonObject Body)> ApplyAsync(string path, string manager, string body, bool force = false) =>
        SendAsync("PATCH", $"{path}?fieldManager={manager}{(force ? "&force=true" : "")}", body, "application/apply-patch+yaml");

    public async Task<(int Code, JsonObject Body)> SendAsync(string method, string path, string? body, string contentType, string? accept = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path.TrimStart('/'));
        if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8, MediaTypeHeaderValue.Parse(contentType));
        }
        request.Headers.TryAddWithoutValidation("User-Agent", "unit/1.0");
        if (accept is not null)
        {
            request.Headers.TryAddWithoutValidation("Accept", accept);
        }
        using var response = await _http.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return ((int)response.StatusCode, JsonNode.Parse(text)!.AsObject());
    }

    /// <summary>The lines of a watch until it ends.</summary>
    public async IAsyncEnumerable<JsonObject> WatchAsync(string path)
    {
        using var response = await _http.GetAsync(path.TrimStart('/'), HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        response.EnsureSuccessStatusCode();
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
        while (await reader.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            yield return JsonNode.Parse(line)!.AsObject();
        }
    }

    public void Dispose() => _http.Dispose();
}
