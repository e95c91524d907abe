using Refit;

namespace NaaS.OpenSlice.Client;

/// <summary>A connection to an OpenSlice.</summary>
internal sealed class OpenSliceClient : IDisposable
{
    private readonly HttpClient http;

    public OpenSliceClient(OpenSliceAccess access, TimeProvider clock)
    {
        var connections = new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) };
        http = new HttpClient(new BearerTokens(access, clock, connections))
        {
            BaseAddress = new Uri(access.BaseUrl!.AbsoluteUri.TrimEnd('/')),
            Timeout = TimeSpan.FromSeconds(30),
        };
        Api = RestService.For<IOpenSliceApi>(http);
    }

    public IOpenSliceApi Api { get; }

    public void Dispose() => http.Dispose();
}
