using NaaS.TmfRest.Tests.Support;

namespace NaaS.TmfRest.Tests.Security;

/// <summary>Customers see their own, operators see all.</summary>
public sealed class OwnershipTests
{
    [Theory(Timeout = 60_000), InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task A_customer_sees_and_changes_only_what_is_its_own(string kind)
    {
        await using var provider = await IdentityProvider.StartAsync();
        await using var server = await Plain.StartAsync(
            kind,
            ("Authentication:Authority", provider.Url),
            ("Authentication:RequireHttpsMetadata", "false"),
            ("Authentication:OperatorScope", "naas.operator"));
        var (ann, bob, operators) = (Token("ann", "naas.order"), Token("bob", "naas.order"), Token("op", "naas.order naas.operator"));

        await using var listener = await Listener.StartAsync();
        (await server.Web.Post(Plain.Hub, $$"""{"callback":"{{listener.Url}}","query":"eventType=ServiceCreateEvent,ServiceDeleteEvent"}""", headers: ann)).ShouldBe(201);

        var created = (await server.Web.Post(Plain.Services, Plain.Body("hers"), headers: ann)).ShouldBe(201);
        await server.Web.Post(Plain.Services, Plain.Body("his", "\"relatedParty\":[{\"id\":\"partner\",\"role\":\"seller\"}]"), headers: bob);
        var path = $"{Plain.Services}/{created.Id}";

        created.Text("relatedParty.0.id").ShouldBe("ann");
        (await Names(ann)).ShouldBe(["hers"]);
        (await Names(bob)).ShouldBe(["his"]);
        (await Names(operators)).ShouldBe(["hers", "his"]);
        (await server.Web.Get($"{Plain.Services}?relatedParty.id=ann", bob)).Array.ShouldBeEmpty();
        (await server.Web.Get(path, bob)).ShouldBeError(404, "60");
        (await server.Web.Patch(path, """{"description":"d"}""", headers: bob)).ShouldBeError(404, "60");
        (await server.Web.Delete(path, bob)).ShouldBeError(404, "60");
        (await server.Web.Patch(path, """{"description":"d"}""", headers: ann)).ShouldBe(200);
        (await server.Web.Delete(path, operators)).ShouldBe(204);
        await Until.Async(() => !listener.Received.IsEmpty);
        listener.Received.ShouldAllBe(received => received.Body["event"]!["service"]!["id"]!.GetValue<string>() == created.Id);

        async Task<IEnumerable<string>> Names((string, string) token) =>
            (await server.Web.Get(Plain.Services, token)).Array.Select(service => service!["name"]!.GetValue<string>());

        (string, string) Token(string subject, string scope) => ("Authorization", $"Bearer {provider.Token(scope, subject: subject)}");
    }
}
