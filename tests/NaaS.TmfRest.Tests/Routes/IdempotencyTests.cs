using NaaS.TmfRest.Tests.Support;

namespace NaaS.TmfRest.Tests.Routes;

/// <summary>The same POST sent twice creates one resource.</summary>
public abstract class IdempotencyTests(string kind, SharedServer shared) : IClassFixture<SharedServer>, IAsyncLifetime
{
    private readonly string name = Guid.NewGuid().ToString();
    private TmfServer server = null!;

    private (string, string) Key => ("Idempotency-Key", name);

    public async ValueTask InitializeAsync() => server = await shared.GetAsync(() => Plain.StartAsync(kind));

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task The_same_key_and_body_give_the_same_resource()
    {
        var first = await server.Web.Post(Plain.Services, Plain.Body(name), headers: Key);
        var second = await server.Web.Post(Plain.Services, Plain.Body(name), headers: Key);

        second.ShouldBe(201).Id.ShouldBe(first.ShouldBe(201).Id);
        second.Header("Location").ShouldBe(first.Header("Location"));
        (await Count()).ShouldBe(1);
    }

    [Fact]
    public async Task The_same_key_with_another_body_is_refused()
    {
        await server.Web.Post(Plain.Services, Plain.Body(name), headers: Key);

        (await server.Web.Post(Plain.Services, Plain.Body(name, "\"category\":\"c\""), headers: Key)).ShouldBeError(422);
        (await Count()).ShouldBe(1);
    }

    [Fact]
    public async Task A_request_that_was_refused_may_be_sent_again()
    {
        (await server.Web.Post(Plain.Services, $$"""{"name":"{{name}}"}""", headers: Key)).ShouldBeError(400);
        (await server.Web.Post(Plain.Services, Plain.Body(name), headers: Key)).ShouldBe(201);
    }

    [Fact(Timeout = 60_000)]
    public async Task Ten_at_once_create_one()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => server.Web.Post(Plain.Services, Plain.Body(name), headers: Key)));

        answers.ShouldAllBe(answer => answer.Code == 201);
        answers.Select(answer => answer.Id).Distinct().ShouldHaveSingleItem();
        (await Count()).ShouldBe(1);
    }

    private async Task<int> Count() => (await server.Web.Get($"{Plain.Services}?name={name}")).Array.Count;
}

public sealed class SqliteIdempotencyTests(SharedServer shared) : IdempotencyTests(Database.Sqlite, shared);

public sealed class PostgresIdempotencyTests(SharedServer shared) : IdempotencyTests(Database.Postgres, shared);
