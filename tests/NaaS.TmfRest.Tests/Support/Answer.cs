using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;

namespace NaaS.TmfRest.Tests.Support;

/// <summary>An HTTP answer, read.</summary>
internal sealed record Answer(HttpStatusCode Status, JsonNode? Body, HttpResponseHeaders Headers, HttpContentHeaders ContentHeaders)
{
    public int Code => (int)Status;

    public JsonObject Object => Body.ShouldBeOfType<JsonObject>();

    public JsonArray Array => Body.ShouldBeOfType<JsonArray>();

    public string Id => Object["id"]!.GetValue<string>();

    public string Text(string path)
    {
        JsonNode? node = Body;
        foreach (var step in path.Split('.'))
        {
            node = int.TryParse(step, out var index) ? node![index] : node![step];
        }

        return node!.ToString();
    }

    public string Header(string name) =>
        string.Join(", ", Headers.TryGetValues(name, out var values) || ContentHeaders.TryGetValues(name, out values) ? values : []);

    /// <summary>Holds the answer to the form that every error has.</summary>
    public Answer ShouldBeError(int status, string? code = null)
    {
        Code.ShouldBe(status, Body?.ToJsonString());
        ContentHeaders.ContentType!.MediaType.ShouldBe("application/json");
        Object["status"]!.GetValue<string>().ShouldBe($"{status}");
        Object["code"]!.GetValue<string>().ShouldNotBeEmpty();
        Object["reason"]!.GetValue<string>().ShouldNotBeEmpty();
        Object["message"]!.GetValue<string>().ShouldNotBeEmpty();
        if (code is not null)
        {
            Object["code"]!.GetValue<string>().ShouldBe(code);
        }

        return this;
    }

    public Answer ShouldBe(int status)
    {
        Code.ShouldBe(status, Body?.ToJsonString());
        return this;
    }
}
