using Microsoft.Extensions.Logging;
using NaaS.ClusterHub.Objects;

namespace NaaS.ClusterHub.Watching;

/// <summary>
/// Watches one kind of object for as long as it is asked to: lists, then follows from the list's resourceVersion; goes on where it stopped when the
/// server ends a watch, lists again on 410 and after what cannot be read or handled, and waits longer after each failure in a row.
/// </summary>
/// <param name="hub">The hub.</param>
/// <param name="resource">What is watched.</param>
/// <param name="namespace">Where; null for everywhere.</param>
/// <param name="labelSelector">Which; null for all.</param>
/// <param name="time">Clock of the pauses.</param>
/// <param name="logger">Where interruptions are told.</param>
public sealed partial class HubWatcher(
    HubClient hub, HubResource resource, string? @namespace, string? labelSelector, TimeProvider time, ILogger<HubWatcher> logger)
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Calls <paramref name="listed"/> with each full list (at start, after a gap), <paramref name="changed"/> with each later change. Ends only by cancellation.
    /// </summary>
    public async Task RunAsync(Func<HubList, Task> listed, Func<HubEvent, Task> changed, CancellationToken cancellationToken)
    {
        string? version = null;
        var pause = TimeSpan.Zero;
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                if (version is null)
                {
                    var list = await hub.ListAsync(resource, @namespace, labelSelector, cancellationToken);
                    await listed(list);
                    version = list.ResourceVersion;
                }

                await foreach (var change in hub.WatchAsync(resource, @namespace, labelSelector, version, cancellationToken))
                {
                    version = change.ResourceVersion;
                    pause = TimeSpan.Zero;
                    if (change.Kind != HubEventKind.Bookmark)
                    {
                        await changed(change);
                    }
                }

                // A server that ends watches at once must not be asked in a tight loop.
                await Task.Delay(ShortestPause, time, cancellationToken);
            }
            catch (HubExpiredException)
            {
                version = null;
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
            {
                // An event that cannot be read or handled would come again and again; a list leaves it behind.
                version = exception is HubUnavailableException ? version : null;
                pause = TimeSpan.FromTicks(Math.Clamp(pause.Ticks * 2, ShortestPause.Ticks, LongestPause.Ticks));
                LogInterrupted(exception, resource.Plural, pause);
                await Task.Delay(pause, time, cancellationToken);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Watch of {Resource} interrupted; goes on in {Pause}")]
    private partial void LogInterrupted(Exception exception, string resource, TimeSpan pause);
}
