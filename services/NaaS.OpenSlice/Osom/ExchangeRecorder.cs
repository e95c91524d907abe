using System.Collections.Concurrent;

namespace NaaS.OpenSlice.Osom;

/// <summary>Keeps what was asked and how it was answered, failures too.</summary>
internal sealed class ExchangeRecorder(ConcurrentQueue<Exchange> exchanges, HttpMessageHandler inner, TimeProvider clock) : DelegatingHandler(inner)
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var start = clock.GetTimestamp();
        var (status, type) = (0, (string?)null);
        try
        {
            var response = await base.SendAsync(request, cancellationToken);
            await response.Content.LoadIntoBufferAsync(cancellationToken);
            (status, type) = ((int)response.StatusCode, response.Content.Headers.ContentType?.MediaType);
            return response;
        }
        finally
        {
            exchanges.Enqueue(new(request.Method.Method, request.RequestUri!, status, type, clock.GetElapsedTime(start)));
        }
    }
}
