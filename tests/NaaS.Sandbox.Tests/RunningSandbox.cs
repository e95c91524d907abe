namespace NaaS.Sandbox.Tests;

/// <summary>One sandbox for all tests of a class, each of which keeps to a namespace of its own.</summary>
public sealed class RunningSandbox : IAsyncLifetime
{
    /// <summary>The sandbox.</summary>
    public Sandbox Sandbox { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Sandbox = await Sandbox.StartAsync(new SandboxOptions(), TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => Sandbox.DisposeAsync();
}
