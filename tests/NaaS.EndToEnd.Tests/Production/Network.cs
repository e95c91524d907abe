namespace NaaS.EndToEnd.Tests.Production;

/// <summary>The network between one server and all who use it: each has a stretch of its own, so that any two can be cut off from each other.</summary>
internal sealed class Network(string name, string host, int port) : IAsyncDisposable
{
    private readonly List<TcpProxy> stretches = [];
    private bool isCut;

    /// <summary>What is at its end.</summary>
    public string Name => name;

    /// <summary>The stretches, one for each process.</summary>
    public IReadOnlyList<TcpProxy> Stretches
    {
        get
        {
            lock (stretches)
            {
                return [.. stretches];
            }
        }
    }

    /// <summary>Lays a stretch; gives the loopback port where it begins.</summary>
    public int Lay()
    {
        lock (stretches)
        {
            var stretch = new TcpProxy(host, port);
            if (isCut)
            {
                stretch.Cut();
            }

            stretches.Add(stretch);
            return stretch.Port;
        }
    }

    /// <summary>Cuts everybody off.</summary>
    public void Cut() => Each(cut: true);

    public void Mend() => Each(cut: false);

    public async ValueTask DisposeAsync()
    {
        foreach (var stretch in Stretches)
        {
            await stretch.DisposeAsync();
        }
    }

    private void Each(bool cut)
    {
        lock (stretches)
        {
            isCut = cut;
            foreach (var stretch in stretches)
            {
                if (cut)
                {
                    stretch.Cut();
                }
                else
                {
                    stretch.Mend();
                }
            }
        }
    }
}
