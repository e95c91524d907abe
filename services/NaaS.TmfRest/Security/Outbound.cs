using System.Net.Http.Headers;
using System.Text;
using NaaS.TmfRest.Events;

namespace NaaS.TmfRest.Security;

/// <summary>Connections that the server makes on a client's word, to addresses that the <c>Callbacks</c> section allows only; no redirects.</summary>
public sealed class Outbound
{
    private const int LargestAnswer = 50_000_000;
    private readonly CallbackGuard guard;

    internal Outbound(CallbackGuard guard, HttpClient client)
    {
        this.guard = guard;
        Client = client;
    }

    /// <summary>The client that checks each connection.</summary>
    internal HttpClient Client { get; }

    /// <summary>Refuses an address that may not be called.</summary>
    /// <param name="attribute">The attribute that names it, for the message.</param>
    /// <param name="url">The address.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="Errors.InvalidBodyFieldException">It may not be called.</exception>
    public Task CheckAsync(string attribute, string url, CancellationToken cancellationToken) => guard.CheckAsync(attribute, url, cancellationToken);

    /// <summary>Fetches a text.</summary>
    /// <exception cref="HttpRequestException">It cannot be had.</exception>
    public async Task<string> GetAsync(string url, CancellationToken cancellationToken)
    {
        using var response = await Client.GetAsync(new Uri(url), HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        RequireSuccess(url, response);
        await response.Content.LoadIntoBufferAsync(LargestAnswer, cancellationToken);
        return await response.Content.ReadAsStringAsync(cancellationToken);
    }

    /// <summary>Stores a JSON text.</summary>
    /// <exception cref="HttpRequestException">It was not taken.</exception>
    public async Task PutAsync(string url, string json, CancellationToken cancellationToken)
    {
        using var content = new StringContent(json, Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
        using var request = new HttpRequestMessage(HttpMethod.Put, url) { Content = content };
        using var response = await Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        RequireSuccess(url, response);
    }

    private static void RequireSuccess(string url, HttpResponseMessage response)
    {
        if (!response.IsSuccessStatusCode)
        {
            throw new HttpRequestException($"{url} answered {(int)response.StatusCode}");
        }
    }
}
