using System.Net.Http.Headers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace NaaS.EndToEnd.Tests.OpenSlice;

/// <summary>
/// A load balancer in front of replicas, as small as one can be: each request goes to the next, and one that could not be connected to, or that
/// broke off while reading, is answered by another.
/// </summary>
internal sealed class Replicas : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly HttpClient client = new(new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromSeconds(1) });
    private readonly Uri[] replicas;
    private int next;

    private Replicas(WebApplication app, Uri[] replicas) => (this.app, this.replicas) = (app, replicas);

    public Uri Url => new(app.Urls.First());

    public static async Task<Replicas> StartAsync(Uri url, CancellationToken cancellationToken, params Uri[] replicas)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls(url.ToString());
        builder.Logging.ClearProviders();
        var app = builder.Build();
        var balancer = new Replicas(app, replicas);
        app.Run(balancer.ForwardAsync);
        await app.StartAsync(cancellationToken);
        return balancer;
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        client.Dispose();
    }

    private async Task ForwardAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        for (var attempt = 1; ; attempt++)
        {
            var replica = replicas[(uint)Interlocked.Increment(ref next) % replicas.Length];
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
