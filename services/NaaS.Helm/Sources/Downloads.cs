using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using NaaS.Helm.Charts;

namespace NaaS.Helm.Sources;

/// <summary>HTTP GET within bounds: every URL, redirect and resolved address is checked, credentials stay with their host.</summary>
internal sealed class Downloads : IDisposable
{
    private const int MaxRedirects = 5;
    private readonly ChartSourceOptions options;
    private readonly LocationPolicy policy;
    private readonly HttpClient client;

    public Downloads(ChartSourceOptions options, LocationPolicy policy)
    {
        this.options = options;
        this.policy = policy;
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            AutomaticDecompression = DecompressionMethods.None,
            ConnectCallback = ConnectAsync,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        };
        client = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        client.DefaultRequestHeaders.UserAgent.ParseAdd("NaaS");
    }

    /// <summary>Basic credentials configured for a URL's host; null where there are none.</summary>
    public AuthenticationHeaderValue? BasicFor(Uri url)
    {
        var credential = options.Credentials.FirstOrDefault(c =>
            c.Host.Equals(url.Authority, StringComparison.OrdinalIgnoreCase) || (url.IsDefaultPort && c.Host.Equals(url.Host, StringComparison.OrdinalIgnoreCase)));
        return credential is null
            ? null
            : new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{credential.Username}:{credential.ReadPassword()}")));
    }

    /// <summary>Downloads a file; anything but 200 is an exception that names the location.</summary>
    public async Task<byte[]> GetAsync(Uri url, long maxBytes, CancellationToken ct)
    {
        using var timeout = Within(ct);
        using var response = await SendAsync(url, BasicFor(url), [], timeout.Token, ct);
        await RequireSuccessAsync(response, url);
        return await ReadAsync(response, url, maxBytes, timeout.Token, ct);
    }

    /// <summary>Sends a GET and follows redirects. The caller judges the status and disposes the response.</summary>
    public async Task<HttpResponseMessage> SendAsync(
        Uri url, AuthenticationHeaderValue? authorization, IReadOnlyList<string> accept, CancellationToken bounded, CancellationToken ct)
    {
        var target = url;
        for (var redirects = 0; ; redirects++)
        {
            policy.Require(target, anyPath: redirects > 0 || accept.Count > 0);
            using var request = new HttpRequestMessage(HttpMethod.Get, target);
            request.Headers.Authorization = SameOrigin(url, target) ? authorization : null;
            foreach (var type in accept)
            {
                request.Headers.Accept.ParseAdd(type);
            }

            var response = await SendOnceAsync(request, bounded, ct);
            if ((int)response.StatusCode is not (301 or 302 or 303 or 307 or 308) || response.Headers.Location is not { } location)
            {
                return response;
            }

            response.Dispose();
            target = redirects < MaxRedirects
                ? new Uri(target, location)
                : throw new ChartUnavailableException($"{Shown(url)} redirects more than {MaxRedirects} times");
        }
    }

    /// <summary>The body, refused once it grows beyond the bound.</summary>
    public static async Task<byte[]> ReadAsync(HttpResponseMessage response, Uri url, long maxBytes, CancellationToken bounded, CancellationToken ct)
    {
        if (response.Content.Headers.ContentLength > maxBytes)
        {
            throw TooLarge(url, maxBytes);
        }

        try
        {
            await using var body = await response.Content.ReadAsStreamAsync(bounded);
            using var buffer = new MemoryStream();
            var chunk = new byte[81920];
            for (int read; (read = await body.ReadAsync(chunk, bounded)) > 0;)
            {
                if (buffer.Length + read > maxBytes)
                {
                    throw TooLarge(url, maxBytes);
                }

                buffer.Write(chunk, 0, read);
            }

            return buffer.ToArray();
        }
        catch (Exception e) when (e is HttpRequestException or IOException || (e is OperationCanceledException && !ct.IsCancellationRequested))
        {
            throw new ChartUnavailableException($"{Shown(url)} broke off: {e.Message}", e);
        }
    }

    /// <summary>Turns a status other than 200 into the exception that says what it means.</summary>
    public static Task RequireSuccessAsync(HttpResponseMessage response, Uri url) => response.StatusCode switch
    {
        HttpStatusCode.OK => Task.CompletedTask,
        HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => throw new ChartUnauthorizedException(
            $"{Shown(url)} wants other credentials than it was given ({(int)response.StatusCode})"),
        HttpStatusCode.NotFound or HttpStatusCode.Gone => throw new ChartNotFoundException($"there is nothing at {Shown(url)}", []),
        _ => throw new ChartUnavailableException($"{Shown(url)} answered {(int)response.StatusCode}"),
    };

    /// <summary>A token that ends with the caller's or after the configured time.</summary>
    public CancellationTokenSource Within(CancellationToken ct)
    {
        var source = CancellationTokenSource.CreateLinkedTokenSource(ct);
        source.CancelAfter(options.Timeout);
        return source;
    }

    /// <summary>A URL as messages show it: queries may hold secrets.</summary>
    public static string Shown(Uri url) => url.GetLeftPart(UriPartial.Path);

    public void Dispose() => client.Dispose();

    private static ChartTooLargeException TooLarge(Uri url, long maxBytes) => new($"{Shown(url)} is larger than {maxBytes} bytes");

    private static bool SameOrigin(Uri a, Uri b) => a.Scheme == b.Scheme && a.Authority.Equals(b.Authority, StringComparison.OrdinalIgnoreCase);

    private async Task<HttpResponseMessage> SendOnceAsync(HttpRequestMessage request, CancellationToken bounded, CancellationToken ct)
    {
        try
        {
            return await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, bounded);
        }
        catch (HttpRequestException e) when (e.InnerException is ChartNotAllowedException refused)
        {
            throw new ChartNotAllowedException(refused.Message);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            throw new ChartUnavailableException($"cannot reach {Shown(request.RequestUri!)}: {e.Message}", e);
        }
        catch (OperationCanceledException e) when (!ct.IsCancellationRequested)
        {
            throw new ChartUnavailableException($"{Shown(request.RequestUri!)} did not answer within {options.Timeout.TotalSeconds} s", e);
        }
    }

    /// <summary>Resolves the host itself and connects to an address that was checked, so that a second resolution cannot give another one.</summary>
    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken ct)
    {
        var host = context.DnsEndPoint.Host;
        var addresses = IPAddress.TryParse(host, out var literal) ? [literal] : await Dns.GetHostAddressesAsync(host, ct);
        foreach (var address in addresses)
        {
            policy.RequireAddress(host, address);
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, context.DnsEndPoint.Port, ct);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
