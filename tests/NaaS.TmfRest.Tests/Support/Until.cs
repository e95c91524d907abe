namespace NaaS.TmfRest.Tests.Support;

/// <summary>Waiting for a condition; the test's own timeout ends it.</summary>
internal static class Until
{
    public static async Task Async(Func<Task<bool>> condition)
    {
        while (!await condition())
        {
            await Task.Delay(15, TestContext.Current.CancellationToken);
        }
    }

    public static Task Async(Func<bool> condition) => Async(() => Task.FromResult(condition()));
}
