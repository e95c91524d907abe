using System.Collections.Concurrent;

namespace NaaS.Sandbox;

/// <summary>Runs controllers until the sandbox stops; one that fails is started anew after a moment.</summary>
internal sealed class Supervisor(CancellationToken stopping) : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private readonly ConcurrentBag<Task> _running = [];

    /// <summary>Told of a controller's failure.</summary>
    public event Action<IController, Exception>? Failed;

    public void Start(IEnumerable<IController> controllers)
    {
        foreach (var controller in controllers)
        {
            _running.Add(Task.Run(() => RunAsync(controller), CancellationToken.None));
        }
    }

    /// <summary>Waits for all controllers to end.</summary>
    public async ValueTask DisposeAsync() => await Task.WhenAll(_running);

    private async Task RunAsync(IController controller)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await controller.RunAsync(stopping);
                return;
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure) when (failure is not OutOfMemoryException)
            {
                Failed?.Invoke(controller, failure);
                await Task.Delay(Pause, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }
}
