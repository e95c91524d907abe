using System.Text.Json.Nodes;

namespace NaaS.OpenSlice.Client;

/// <summary>Bearer tokens of OpenSlice's Keycloak by password grant, each used until shortly before it ends.</summary>
internal sealed class BearerTokens(OpenSliceAccess access, TimeProvider clock, HttpMessageHandler inner) : DelegatingHandler(inner)
{
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(20);
    private readonly SemaphoreSlim one = new(1, 1);
    private string token = "";
    private DateTimeOffset until = DateTimeOffset.MinValue;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.Headers.Authorization = new("Bearer", await TokenAsync(cancellationToken));
        return await base.SendAsync(request, cancellationToken);
    }

    protected override void Dispose(bool disposing)
    {
        one.Dispose();
        base.Dispose(disposing);
    }

    private async Task<string> TokenAsync(CancellationToken cancellationToken)
    {
        await one.WaitAsync(cancellationToken);
        try
        {
            if (clock.GetUtcNow() >= until)
            {
                var reply = await AskAsync(cancellationToken);
                token = (string)reply["access_token"]!;
                until = clock.GetUtcNow() + TimeSpan.FromSeconds((int?)reply["expires_in"] ?? 60) - Margin;
            }

            return token;
        }
        finally
        {
            one.Release();
        }
    }

    private async Task<JsonObject> AskAsync(CancellationToken cancellationToken)
    {
        var form = new Dictionary<string, string>
        {
            ["grant_type"] = "password",
            ["client_id"] = access.ClientId,
            ["username"] = access.Username,
            ["password"] = access.Password,
        };
        if (access.ClientSecret.Length > 0)
        {
            form["client_secret"] = access.ClientSecret;
        }

        using var request = new HttpRequestMessage(HttpMethod.Post, access.TokenUri) { Content = new FormUrlEncodedContent(form) };
        using var response = await base.SendAsync(request, cancellationToken);
        return response.IsSuccessStatusCode
            ? JsonNode.Parse(await response.Content.ReadAsStringAsync(cancellationToken))!.AsObject()
            : throw new HttpRequestException($"{access.TokenUri} answered {(int)response.StatusCode} to a password grant for {access.Username}", null, response.StatusCode);
    }
}
