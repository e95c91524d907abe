using System.Net;
using System.Net.Sockets;

namespace NaaS.EndToEnd.Tests.Production;

/// <summary>A stretch of network that a test can cut: connections break, and new ones are refused until it is mended.</summary>
internal sealed class TcpProxy : IAsyncDisposable
{
    private readonly string host;
    private readonly int port;
    private readonly CancellationTokenSource stopping = new();
    private readonly HashSet<TcpClient> open = [];
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly Task accepting;
    private bool isCut;

    public TcpProxy(string host, int port)
    {
        (this.host, this.port) = (host, port);
        listener.Start();
        accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public void Cut()
    {
        lock (open)
        {
            isCut = true;
            foreach (var client in open)
            {
                // A reset, as from a router that lost its table, rather than an orderly end.
                client.Client.LingerState = new LingerOption(enable: true, seconds: 0);
                client.Dispose();
            }

            open.Clear();
        }
    }

    public void Mend()
    {
        lock (open)
        {
            isCut = false;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        listener.Dispose();
        Cut();
        await accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!stopping.IsCancellationRequested)
        {
            var client = await listener.AcceptTcpClientAsync(stopping.Token);
            _ = ServeAsync(client);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        var target = new TcpClient { NoDelay = true };
        try
        {
            client.NoDelay = true;
            if (!Keep(client, target))
            {
                return;
            }

            await target.ConnectAsync(host, port, stopping.Token);
            await Task.WhenAny(client.GetStream().CopyToAsync(target.GetStream(), stopping.Token), target.GetStream().CopyToAsync(client.GetStream(), stopping.Token));
        }
        catch (Exception exception) when (exception is IOException or SocketException or ObjectDisposedException or OperationCanceledException or InvalidOperationException)
        {
            // One end has gone, or was cut; the other goes too.
        }
        finally
        {
            lock (open)
            {
                open.Remove(client);
                open.Remove(target);
            }

            client.Dispose();
            target.Dispose();
        }
    }

    private bool Keep(TcpClient client, TcpClient target)
    {
        lock (open)
        {
            return !isCut && open.Add(client) && open.Add(target);
        }
    }
}
