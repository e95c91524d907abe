using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NaaS.TmfRest.Storage;
using NaaS.TmfRest.Tests.Support;

namespace NaaS.TmfRest.Tests.Events;

/// <summary>Listeners that answer what no listener should.</summary>
public sealed class OddAnswerTests
{
    private static readonly string[] Refusals =
    [
        "",
        "\0\u0001 what is this\r\n\r\n",
        "HTTP/1.1 99999 what\r\n\r\n",
        "HTTP/9.9 200 OK\r\n\r\n",
        "HTTP/1.1 302 Found\r\nLocation: http://169.254.169.254/latest\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Negotiate\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 500 Oh\r\nContent-Length: 1000\r\n\r\nabc",
        "HTTP/1.1 500 Oh\r\nTransfer-Encoding: chunked\r\n\r\nzzzz\r\n",
        $"HTTP/1.1 200 OK\r\nX-Long: {new string('x', 2_000_000)}\r\n\r\n",
        string.Concat(Enumerable.Repeat("HTTP/1.1 103 Early Hints\r\n\r\n", 1000)),
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n",
    ];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact(Timeout = 60_000)]
    public async Task Each_is_a_failed_try_and_an_answer_without_end_is_not_read()
    {
        await using var server = await Plain.StartAsync(Database.Sqlite, ("Callbacks:LongestPause", "00:00:00.05"));
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var answering = AnswerAsync(listener, stop.Token);
        (await server.Web.Post(Plain.Hub, $$"""{"callback":"http://127.0.0.1:{{((IPEndPoint)listener.LocalEndpoint).Port}}/"}""")).ShouldBe(201);

        await server.Web.Post(Plain.Services, Plain.Body("n"));

        await Until.Async(async () => (await DeliveryAsync(server))?.State == DeliveryState.Delivered);
        (await DeliveryAsync(server))!.Attempts.ShouldBe(Refusals.Length + 1);
        await stop.CancelAsync();
        await answering.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
    }

    private static async Task AnswerAsync(TcpListener listener, CancellationToken cancellationToken)
    {
        foreach (var refusal in Refusals)
        {
            using var client = await TakeAsync(listener, cancellationToken);
            await WriteAsync(client, Encoding.Latin1.GetBytes(refusal), cancellationToken);
        }

        // An answer that never ends.
        using var last = await TakeAsync(listener, cancellationToken);
        await WriteAsync(last, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"u8.ToArray(), cancellationToken);
        var chunk = Encoding.ASCII.GetBytes($"10000\r\n{new string('x', 0x10000)}\r\n");
        while (await WriteAsync(last, chunk, cancellationToken))
        {
        }
    }

    // Takes a connection and reads the request to its end.
    private static async Task<TcpClient> TakeAsync(TcpListener listener, CancellationToken cancellationToken)
    {
        var client = await listener.AcceptTcpClientAsync(cancellationToken);
        var buffer = new byte[65536];
        var read = "";
        while (!read.EndsWith('}'))
        {
            read += Encoding.UTF8.GetString(buffer, 0, await client.GetStream().ReadAsync(buffer, cancellationToken));
        }

        return client;
    }

    private static async Task<bool> WriteAsync(TcpClient client, byte[] bytes, CancellationToken cancellationToken)
    {
        try
        {
            await client.GetStream().WriteAsync(bytes, cancellationToken);
            return true;
        }
        catch (IOException)
        {
            // The other side has heard enough.
            return false;
        }
    }

    private static async Task<DeliveryRow?> DeliveryAsync(TmfServer server)
    {
        await using var scope = server.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<TmfDb>().Deliveries.AsNoTracking().FirstOrDefaultAsync(Token);
    }
}
