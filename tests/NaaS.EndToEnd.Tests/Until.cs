namespace NaaS.EndToEnd.Tests;

/// <summary>Waits for what a running installation brings about; the test's own time limit ends it.</summary>
internal static class Until
{
    public static async Task Async(Func<Task<bool>> condition)
    {
        while (!await condition())
        {
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }
}
