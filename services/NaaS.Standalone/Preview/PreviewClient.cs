using System.Net.Http.Headers;
using System.Text.Json.Nodes;

namespace NaaS.Standalone.Preview;

/// <summary>Asks the API (TMF645 checkServiceQualification) and waits until the task is done.</summary>
internal sealed class PreviewClient : IDisposable
{
    private const string Path = "tmf-api/serviceQualificationManagement/v4/checkServiceQualification";
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);
    private readonly HttpClient client;

    public PreviewClient(Uri api, string? token)
    {
        client = new() { BaseAddress = new Uri(api.ToString().TrimEnd('/') + "/") };
        if (!string.IsNullOrEmpty(token))
        {
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }
    }

    /// <summary>The finished task. It is deleted from the API, which keeps nothing of a preview.</summary>
    public async Task<JsonObject> AskAsync(JsonObject request, CancellationToken cancellationToken)
    {
        var task = await SendAsync(() => client.PostAsJsonAsync(Path, request, cancellationToken), cancellationToken);
        var id = (string)task["id"]!;
        while ((string?)task["state"] is "acknowledged" or "inProgress")
        {
            await Task.Delay(Pause, cancellationToken);
            task = await SendAsync(() => client.GetAsync($"{Path}/{id}", cancellationToken), cancellationToken);
        }

        using var deleted = await client.DeleteAsync($"{Path}/{id}", cancellationToken);
        return task;
    }

    public void Dispose() => client.Dispose();

    private static async Task<JsonObject> SendAsync(Func<Task<HttpResponseMessage>> send, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await send();
            var body = await response.Content.ReadFromJsonAsync<JsonObject>(cancellationToken) ?? [];
            return response.IsSuccessStatusCode ? body : throw new PreviewException($"the API answers {(int)response.StatusCode}: {body["message"] ?? body["reason"]}");
        }
        catch (HttpRequestException exception)
        {
            throw new PreviewException(exception.Message);
        }
    }
}
