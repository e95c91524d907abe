using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace NaaS.OpenSlice.Osom;

/// <summary>
/// A token for each single request, by OAuth2's password grant with the client in a Basic header: OpenSlice builds a new client for every call and
/// keeps no token.
/// </summary>
internal sealed class PasswordGrant(PartnerAccess access, HttpClient tokens, HttpMessageHandler inner) : DelegatingHandler(inner)
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var reply = await AskAsync(access, tokens, cancellationToken);
        request.Headers.Authorization = new("Bearer", (string?)reply["access_token"]);
        return await base.SendAsync(request, cancellationToken);
    }

    /// <summary>Asks for a token.</summary>
    /// <exception cref="JacksonException">The answer lacks what Spring Security needs.</exception>
    /// <exception cref="HttpRequestException">It was refused.</exception>
    public static async Task<JsonObject> AskAsync(PartnerAccess access, HttpClient tokens, CancellationToken cancellationToken)
    {
        var form = new Dictionary<string, string> { ["grant_type"] = "password", ["username"] = access.Username, ["password"] = access.Password };
        if (access.Scopes.Count > 0)
        {
            form["scope"] = string.Join(' ', access.Scopes);
        }

        using var request = new HttpRequestMessage(HttpMethod.Post, access.TokenUri) { Content = new FormUrlEncodedContent(form) };
        request.Headers.Authorization = new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{access.ClientId}:{access.ClientSecret}")));
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        using var response = await tokens.SendAsync(request, cancellationToken);
        if (!response.IsSuccessStatusCode)
        {
            throw new HttpRequestException($"{access.TokenUri} answered {(int)response.StatusCode} to a password grant", null, response.StatusCode);
        }

        var reply = Jackson.Parse(await response.Content.ReadAsStringAsync(cancellationToken));
        return reply["access_token"] is JsonValue && string.Equals((string?)reply["token_type"], "Bearer", StringComparison.OrdinalIgnoreCase) && reply["expires_in"] is JsonValue
            ? reply
            : throw new JacksonException(JacksonRule.Shape, "the token reply needs access_token, token_type Bearer and expires_in");
    }
}
