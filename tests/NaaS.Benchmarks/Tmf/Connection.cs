using System.Net.Sockets;
using System.Text;

namespace NaaS.Benchmarks.Tmf;

/// <summary>One HTTP/1.1 connection that is kept open and costs next to nothing, so that the servers are measured and not their client.</summary>
internal sealed class Connection : IDisposable
{
    private readonly TcpClient tcp;
    private readonly string host;
    private byte[] buffer = new byte[64 * 1024];

    private Connection(TcpClient tcp, string host) => (this.tcp, this.host) = (tcp, host);

    public static async Task<Connection> OpenAsync(Uri server, CancellationToken cancellationToken)
    {
        var tcp = new TcpClient { NoDelay = true };
        await tcp.ConnectAsync(server.Host, server.Port, cancellationToken);
        return new(tcp, server.Authority);
    }

    /// <summary>Asks and reads the answer whole; gives its head.</summary>
    /// <exception cref="InvalidOperationException">It is no 2xx.</exception>
    public async Task<string> AskAsync(string method, string target, string? body, CancellationToken cancellationToken)
    {
        var content = body is null ? "" : $"Content-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n";
        await tcp.GetStream().WriteAsync(Encoding.UTF8.GetBytes($"{method} {target} HTTP/1.1\r\nHost: {host}\r\n{content}\r\n{body}"), cancellationToken);
        var (filled, head) = (0, -1);
        while (head < 0 || !IsWhole(head, filled))
        {
            if (filled == buffer.Length)
            {
                Array.Resize(ref buffer, buffer.Length * 2);
            }

            var read = await tcp.GetStream().ReadAsync(buffer.AsMemory(filled), cancellationToken);
            filled += read > 0 ? read : throw new InvalidOperationException($"{host} closed the connection.");
            head = head < 0 ? buffer.AsSpan(0, filled).IndexOf("\r\n\r\n"u8) : head;
        }

        var text = Encoding.ASCII.GetString(buffer, 0, head);
        return text.StartsWith("HTTP/1.1 2", StringComparison.Ordinal)
            ? text
            : throw new InvalidOperationException($"{method} {target}: {Encoding.UTF8.GetString(buffer, 0, filled)}");
    }

    public void Dispose() => tcp.Dispose();

    private bool IsWhole(int head, int filled)
    {
        var length = buffer.AsSpan(0, head).IndexOf("Content-Length: "u8);
        if (length < 0)
        {
            return buffer.AsSpan(head + 4, filled - head - 4).EndsWith("0\r\n\r\n"u8);
        }

        var digits = buffer.AsSpan(length + 16, head - length - 16);
        var end = digits.IndexOf((byte)'\r');
        return filled == head + 4 + int.Parse(end < 0 ? digits : digits[..end], System.Globalization.CultureInfo.InvariantCulture);
    }
}
