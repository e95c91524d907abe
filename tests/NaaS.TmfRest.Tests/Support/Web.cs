using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace NaaS.TmfRest.Tests.Support;

/// <summary>A client that reads answers whole.</summary>
internal sealed class Web(HttpClient client)
{
    public Task<Answer> Get(string path, params (string Name, string Value)[] headers) => Send(HttpMethod.Get, path, null, null, headers);

    public Task<Answer> Post(string path, string body, string mediaType = "application/json", params (string Name, string Value)[] headers) =>
        Send(HttpMethod.Post, path, body, mediaType, headers);

    public Task<Answer> Patch(string path, string body, string mediaType = "application/merge-patch+json", params (string Name, string Value)[] headers) =>
        Send(HttpMethod.Patch, path, body, mediaType, headers);

    public Task<Answer> Delete(string path, params (string Name, string Value)[] headers) => Send(HttpMethod.Delete, path, null, null, headers);

    public async Task<Answer> Send(HttpMethod method, string path, string? body, string? mediaType, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
            request.Content.Headers.ContentType = mediaType is null ? null : MediaTypeHeaderValue.Parse(mediaType);
        }

        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return new Answer(response.StatusCode, text.Length == 0 ? null : JsonNode.Parse(text), response.Headers, response.Content.Headers);
    }
}
