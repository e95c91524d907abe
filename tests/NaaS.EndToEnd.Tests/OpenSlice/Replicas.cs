using System.Net.Http.Headers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace NaaS.EndToEnd.Tests.OpenSlice;

/// <summary>
/// A load balancer in front of replicas, as small as one can be: each request goes to the next, and one that could not be connected to, or that
/// broke off while reading, is answered by another. A write that was broken off is a 502.
/// </summary>
internal sealed class Replicas : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly HttpClient client = new(new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromSeconds(1) });
    private Uri[] replicas = [];
    private int next;
    private int retries;

    private Replicas(WebApplication app) => this.app = app;

    public Uri Url => new(app.Urls.First());

    /// <summary>Requests that one replica left unanswered and another answered.</summary>
    public int Retries => retries;

    public static async Task<Replicas> StartAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var app = builder.Build();
        var balancer = new Replicas(app);
        app.Run(balancer.ForwardAsync);
        await app.StartAsync(cancellationToken);
        return balancer;
    }

    public void Use(params Uri[] addresses) => replicas = addresses;

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        client.Dispose();
    }

    private async Task ForwardAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        var first = (uint)Interlocked.Increment(ref next);
        for (var attempt = 1u; ; attempt++)
        {
            var replica = replicas[(first + attempt) % replicas.Length];
            try
            {
                using var request = Copy(context.Request, replica, body.ToArray());
                using var response = await client.SendAsync(request, context.RequestAborted);
                context.Response.StatusCode = (int)response.StatusCode;
                context.Response.ContentType = response.Content.Headers.ContentType?.ToString();
                await response.Content.CopyToAsync(context.Response.Body, context.RequestAborted);
                return;
            }
            catch (HttpRequestException exception) when (attempt < replicas.Length * 2
                && (HttpMethods.IsGet(context.Request.Method) || exception.HttpRequestError == HttpRequestError.ConnectionError))
            {
                // The other replica answers.
                Interlocked.Increment(ref retries);
            }
            catch (HttpRequestException)
            {
                context.Response.StatusCode = StatusCodes.Status502BadGateway;
                return;
            }
        }
    }

    private static HttpRequestMessage Copy(HttpRequest source, Uri replica, byte[] body)
    {
        var target = source.HttpContext.Features.Get<IHttpRequestFeature>()!.RawTarget;
        var request = new HttpRequestMessage(new HttpMethod(source.Method), new Uri(replica, target));
        // As a load balancer does: addresses in answers are the clients', whichever replica writes them.
        request.Headers.Host = source.Host.Value;
        if (body.Length > 0)
        {
            request.Content = new ByteArrayContent(body);
            request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(source.ContentType!);
        }

        foreach (var name in new[] { "Authorization", "Accept" }.Where(name => source.Headers.ContainsKey(name)))
        {
            request.Headers.TryAddWithoutValidation(name, (string?)source.Headers[name]);
        }

        return request;
    }
}
