using NaaS.TmfRest.Tests.Support;

namespace NaaS.TmfRest.Tests.Errors;

/// <summary>Every refusal has TM Forum's form and says what was wrong.</summary>
public sealed class ErrorTests(SharedServer shared) : IClassFixture<SharedServer>, IAsyncLifetime
{
    private TmfServer server = null!;

    public async ValueTask InitializeAsync() => server = await shared.GetAsync(() => Plain.StartAsync(Database.Sqlite, ("Tmf:MaximumBody", "20000")));

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [InlineData("{\"name\":", "22", "line 1")]
    [InlineData("", "21", "body")]
    [InlineData("[]", "22", "object")]
    [InlineData("null", "22", "null")]
    [InlineData("{\"name\":\"a\",\"name\":\"b\"}", "22", "name")]
    [InlineData("{\"state\":\"active\"}", "23", "serviceSpecification")]
    [InlineData("{}", "23", "state, serviceSpecification")]
    [InlineData("{\"state\":\"active\",\"serviceSpecification\":[]}", "23", "serviceSpecification")]
    [InlineData("{\"state\":\"active\",\"serviceSpecification\":7}", "24", "serviceSpecification: has the wrong type")]
    [InlineData("{\"state\":\"flying\",\"serviceSpecification\":{}}", "24", "state: one of feasibilityChecked")]
    [InlineData("{\"state\":\"active\",\"serviceSpecification\":{},\"startDate\":\"tomorrow\"}", "24", "startDate: 'tomorrow'")]
    [InlineData("{\"state\":\"active\",\"serviceSpecification\":{},\"note\":[{\"text\":{}}]}", "24", "note[0].text")]
    [InlineData("{\"state\":\"active\",\"serviceSpecification\":{\"id\":\"a\\u0000b\"}}", "22", "U+0000")]
    [InlineData("{\"state\":\"active\",\"serviceSpecification\":{\"id\":\"a\\ud800b\"}}", "22", "surrogate")]
    public async Task A_body_that_is_wrong_is_refused_and_explained(string body, string code, string words) =>
        (await server.Web.Post(Plain.Services, body)).ShouldBeError(400, code).Text("message").ShouldContain(words);

    [Fact]
    public async Task Nesting_beyond_the_bound_is_refused() =>
        (await server.Web.Post(Plain.Services, Plain.Body("n", $"\"x\":{new string('[', 100)}{new string(']', 100)}"))).ShouldBeError(400, "22");

    [Fact]
    public async Task A_body_beyond_the_bound_is_refused() =>
        (await server.Web.Post(Plain.Services, Plain.Body(new string('x', 30_000)))).ShouldBeError(413);

    [Theory]
    [InlineData("GET", "/nowhere", 404)]
    [InlineData("GET", "/tmf-api/serviceInventory/v4/nothing", 404)]
    [InlineData("GET", "/tmf-api/serviceInventory/v4/service/none", 404)]
    [InlineData("PATCH", "/tmf-api/serviceInventory/v4/service/none", 404)]
    [InlineData("DELETE", "/tmf-api/serviceInventory/v4/service/none", 404)]
    [InlineData("DELETE", "/tmf-api/serviceInventory/v4/hub/none", 404)]
    [InlineData("PUT", "/tmf-api/serviceInventory/v4/service", 405)]
    [InlineData("GET", "/tmf-api/serviceInventory/v4/hub", 405)]
    public async Task What_is_not_there_is_answered_in_the_same_form(string method, string path, int status) =>
        (await server.Web.Send(new HttpMethod(method), path, method == "PATCH" ? "{}" : null, "application/json")).ShouldBeError(status);

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/xml")]
    public async Task A_media_type_that_cannot_be_read_is_named(string mediaType)
    {
        (await server.Web.Post(Plain.Services, Plain.Body("n"), mediaType)).ShouldBeError(415).Text("message").ShouldContain(mediaType);
        (await server.Web.Patch($"{Plain.Services}/x", "{}", mediaType)).ShouldBeError(415).Text("message").ShouldContain(mediaType);
    }

    [Theory]
    [InlineData("text/html", 406)]
    [InlineData("application/json;q=0", 406)]
    [InlineData("application/json", 200)]
    [InlineData("application/json;charset=utf-8", 200)]
    [InlineData("text/html, */*;q=0.1", 200)]
    [InlineData("application/*", 200)]
    public async Task Only_json_is_produced(string accept, int status)
    {
        var answer = await server.Web.Get(Plain.Services, ("Accept", accept));

        answer.Code.ShouldBe(status);
        answer.ContentHeaders.ContentType!.ToString().ShouldBe("application/json; charset=utf-8");
    }
}
