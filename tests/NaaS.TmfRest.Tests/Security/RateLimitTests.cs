using NaaS.TmfRest.Tests.Support;

namespace NaaS.TmfRest.Tests.Security;

/// <summary>A caller who asks too fast is told so.</summary>
public sealed class RateLimitTests
{
    [Fact]
    public async Task Beyond_the_limit_the_answer_is_429_in_the_form_of_all_errors()
    {
        await using var server = await Plain.StartAsync(Database.Sqlite, ("Tmf:RequestsPerSecond", "1"));

        var answers = await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => server.Web.Get(Plain.Services)));

        answers.Count(answer => answer.Code == 200).ShouldBeInRange(10, 29);
        answers.First(answer => answer.Code != 200).ShouldBeError(429, "53");
    }
}
