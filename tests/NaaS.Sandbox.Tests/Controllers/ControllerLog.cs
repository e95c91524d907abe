using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace NaaS.Sandbox.Tests.Controllers;

/// <summary>What the controllers say: no test may end with an error among it.</summary>
internal sealed class ControllerLog : ILogger
{
    private readonly ConcurrentQueue<string> _lines = [];

    public ConcurrentQueue<string> Errors { get; } = [];

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        var line = $"{formatter(state, exception)} {exception}";
        _lines.Enqueue(line);
        if (logLevel >= LogLevel.Error)
        {
            Errors.Enqueue(line);
        }
    }

    public override string ToString() => string.Join('\n', _lines.TakeLast(20));
}
