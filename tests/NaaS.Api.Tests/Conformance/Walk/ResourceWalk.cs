using System.Text.Json.Nodes;
using NaaS.TmfRest.Tests.Support;

namespace NaaS.Api.Tests.Conformance.Walk;

/// <summary>Tries everything that TM Forum says of one resource and notes what holds.</summary>
internal sealed class ResourceWalk(ResourceCase resource, World world, Sample sample, Scorecard card)
{
    private const string Merge = "application/merge-patch+json";
    private const string JsonPatch = "application/json-patch+json";
    private const string JsonPatchQuery = "application/json-patch-query+json";

    private string id = "";

    private string One => $"{resource.Path}/{id}";

    public async Task RunAsync()
    {
        await CreateAsync();
        await MandatoryAsync();
        await AttributesAsync();
        await FiltersAsync();
        await ReadingAsync();
        await HeadersAsync();
        await ErrorsAsync();
        if (resource.Has("patch"))
        {
            await PatchesAsync();
        }

        await EndAsync();
        await EventsAsync();
    }

    private Task CreateAsync() => Try("operations", "post", async () =>
    {
        var created = Seen(await world.Web.Post(resource.Path, (await resource.Body(world)).ToJsonString()), 201);
        id = created.Id;
        created.Header("Location").ShouldBe($"{world.Root}{One}");
        created.Text("href").ShouldBe($"{world.Root}{One}");
    });

    private async Task MandatoryAsync()
    {
        await Try("operations", "get", async () => Seen(await world.Web.Get(One), 200).Id.ShouldBe(id));
        await Try("operations", "list", async () => Seen(await world.Web.Get(resource.Path), 200).Array.ShouldContain(element => element!["id"]!.GetValue<string>() == id));
        var one = (await world.Web.Get(One)).Object;
        var list = (await world.Web.Get($"{resource.Path}?limit=500")).Array;
        foreach (var name in Words(resource.Mandatory))
        {
            await Try("mandatory", $"{name} in answers", () => list.Select(element => element!.AsObject()).Append(one).ShouldAllBe(element => element[name] != null));
        }

        foreach (var name in Words(resource.Demanded))
        {
            await Try("mandatory", $"{name} in a POST", async () =>
            {
                var body = await resource.Body(world);
                body.Remove(name);
                Seen(await world.Web.Post(resource.Path, body.ToJsonString()), 400, name == "serviceOrderItem" ? "24" : "23").Text("message").ShouldContain(name);
            });
        }

        foreach (var method in new[] { "patch", "delete" }.Where(method => !resource.Has(method)))
        {
            await Try("operations", $"no {method}", async () => Seen(await world.Web.Send(new HttpMethod(method.ToUpperInvariant()), One, "{}", Merge), 405, "61"));
        }
    }

    /// <summary>Every attribute of the official creation schema, and what clients add, comes back as it was sent.</summary>
    private async Task AttributesAsync()
    {
        var left = Words(resource.NotSampled).ToHashSet();
        var sent = sample.Of($"{resource.Definition}_Create").Where(pair => !left.Contains(pair.Name)).ToList();
        var body = await resource.Body(world);
        foreach (var (name, value) in sent)
        {
            body[name] = value.DeepClone();
        }

        body["x-extension"] = new JsonObject { ["of"] = "a client" };
        Answer? created = null;
        await Try("attributes", "all at once", async () => created = Seen(await world.Web.Post(resource.Path, body.ToJsonString()), 201));
        if (created is null)
        {
            return;
        }

        var read = Seen(await world.Web.Get($"{resource.Path}/{created.Id}"), 200).Object;
        foreach (var name in sent.Select(pair => pair.Name).Append("x-extension").Where(name => name is not "lastUpdate"))
        {
            await Try("attributes", name, () => Missing(body[name]!, read[name], name).ShouldBeEmpty());
        }

        foreach (var (path, value) in Leaves(read, "").Where(leaf => left.All(name => !leaf.Path.StartsWith(name, StringComparison.Ordinal))))
        {
            await Try("filters", path, async () =>
                Seen(await world.Web.Get($"{resource.Path}?{Uri.EscapeDataString(path)}={Uri.EscapeDataString($"\"{value}\"")}"), 200).Array
                    .ShouldContain(element => element!["id"]!.GetValue<string>() == created.Id));
        }
    }

    private async Task FiltersAsync()
    {
        async Task<bool> Finds(string query) =>
            Seen(await world.Web.Get($"{resource.Path}?{query}"), 200).Array.Any(element => element!["id"]!.GetValue<string>() == id);

        foreach (var (query, expected) in new[]
        {
            ($"id={id}", true), ($"id={id},other", true), ($"id=other&id={id}", true), ("id=other", false), ($"id.eq={id}", true), ($"id.ne={id}", false), ("id.ne=other", true),
            ("id.gt=0", true), ("id.lt=0", false), ($"id.gte={id}", true), ($"id.lte={id}", true), ($"id.gt={id}", false), ($"id.regex=^{id[..8]}", true), ($"id%3E%3D{id}", true),
            ($"id%3C{id}", false), ($"id%3D%3D{id}", true), ($"id%3D~^{id[..8]}", true), ($"id*=^{id[..8]}", true), ($"id={id[..8]}*", true), ($"id={id}&href=*", true), ($"filter=[?(@.id=='{id}')]", true), ("filter=$[?(@.id=='other')]", false),
        }.Where(pair => !pair.Item1.Contains("href", StringComparison.Ordinal)))
        {
            await Try("filters", query, async () => (await Finds(query)).ShouldBe(expected));
        }

        await Try("filters", "an unknown attribute", async () => Seen(await world.Web.Get($"{resource.Path}?colour=red"), 400, "28").Text("message").ShouldContain("colour"));
        await Try("filters", "filter= that is no JSONPath", async () => Seen(await world.Web.Get($"{resource.Path}?filter=[?(("), 400));
        await Try("filters", "nothing found", async () => Seen(await world.Web.Get($"{resource.Path}?id=no-such"), 200).Array.ShouldBeEmpty());
    }

    private async Task ReadingAsync()
    {
        var two = Seen(await world.Web.Post(resource.Path, (await resource.Body(world)).ToJsonString()), 201).Id;
        await Try("reading", "fields=none", async () => Names((await world.Web.Get($"{One}?fields=none")).ShouldBe(200).Object).ShouldBe(["href", "id"]));
        foreach (var name in (await world.Web.Get(One)).Object.Select(field => field.Key).Where(name => name is not ("id" or "href")))
        {
            await Try("reading", $"fields={name}", async () =>
            {
                var reduced = (await world.Web.Get($"{resource.Path}?id={id}&fields={Uri.EscapeDataString(name)}")).ShouldBe(200).Array.ShouldHaveSingleItem()!.AsObject();
                Names(reduced).ShouldBe(new[] { "href", "id", name }.Order(StringComparer.Ordinal));
            });
        }

        await Try("reading", "sort", async () =>
        {
            var up = Ids(Seen(await world.Web.Get($"{resource.Path}?sort=id&limit=500"), 200));
            up.ShouldBe(up.Order(StringComparer.Ordinal));
            Ids(Seen(await world.Web.Get($"{resource.Path}?sort=-id&limit=500"), 200)).ShouldBe(Enumerable.Reverse(up));
        });
        await Try("reading", "offset and limit", async () =>
        {
            var all = Ids(await world.Web.Get(resource.Path));
            var page = Seen(await world.Web.Get($"{resource.Path}?offset=1&limit=1"), 200);
            Ids(page).ShouldBe(all.Skip(1).Take(1));
            page.Header("X-Total-Count").ShouldBe($"{all.Count}");
            page.Header("X-Result-Count").ShouldBe("1");
            foreach (var relation in new[] { "self", "first", "prev", "last" })
            {
                page.Header("Link").ShouldContain($"rel=\"{relation}\"");
            }
        });
        await Try("reading", "limit=0", async () => Seen(await world.Web.Get($"{resource.Path}?limit=0"), 200).Array.ShouldBeEmpty());
        await Try("reading", "a page beyond the end", async () => Seen(await world.Web.Get($"{resource.Path}?offset=100000"), 200).Array.ShouldBeEmpty());
        await Try("reading", "offset=-1", async () => Seen(await world.Web.Get($"{resource.Path}?offset=-1"), 400, "28"));
        await Try("reading", "limit=x", async () => Seen(await world.Web.Get($"{resource.Path}?limit=x"), 400, "28"));
        await Try("reading", "sort by what is not there", async () => Seen(await world.Web.Get($"{resource.Path}?sort=colour"), 400, "28"));
        if (resource.Has("delete"))
        {
            await world.Web.Delete($"{resource.Path}/{two}");
        }
    }

    private async Task HeadersAsync()
    {
        var answer = await world.Web.Get(One);
        var tag = answer.Header("ETag");
        await Try("headers", "Content-Type", () => answer.ContentHeaders.ContentType!.ToString().ShouldBe("application/json; charset=utf-8"));
        await Try("headers", "ETag", () => tag.ShouldStartWith("\""));
        await Try("headers", "Last-Modified", () => answer.Header("Last-Modified").ShouldNotBeEmpty());
        await Try("headers", "If-None-Match", async () => (await world.Web.Get(One, ("If-None-Match", tag))).ShouldBe(304));
        await Try("headers", "Idempotency-Key", async () =>
        {
            var body = (await resource.Body(world)).ToJsonString();
            var key = ("Idempotency-Key", $"{Guid.NewGuid()}");
            var first = Seen(await world.Web.Post(resource.Path, body, "application/json", key), 201);
            Seen(await world.Web.Post(resource.Path, body, "application/json", key), 201).Id.ShouldBe(first.Id);
        });
        if (resource.Has("patch"))
        {
            await Try("headers", "If-Match that holds", async () => Seen(await world.Web.Patch(One, $$"""{"{{resource.Changeable}}":"held"}""", Merge, ("If-Match", tag)), 200).Header("ETag").ShouldNotBe(tag));
            await Try("headers", "If-Match of an older version", async () => Seen(await world.Web.Patch(One, $$"""{"{{resource.Changeable}}":"lost"}""", Merge, ("If-Match", tag)), 412));
        }
    }

    private async Task ErrorsAsync()
    {
        await Try("errors", "an unknown id", async () => Seen(await world.Web.Get($"{resource.Path}/no-such"), 404, "60"));
        await Try("errors", "no JSON", async () => Seen(await world.Web.Post(resource.Path, "{nonsense"), 400, "22"));
        await Try("errors", "no body", async () => Seen(await world.Web.Post(resource.Path, ""), 400, "21"));
        await Try("errors", "an array", async () => Seen(await world.Web.Post(resource.Path, "[]"), 400));
        await Try("errors", "a wrong type", async () =>
        {
            var body = await resource.Body(world);
            body[Words(resource.Demanded).Last()] = new JsonArray(new JsonArray());
            Seen(await world.Web.Post(resource.Path, body.ToJsonString()), 400).Text("message").ShouldContain(Words(resource.Demanded).Last());
        });
        await Try("errors", "text/plain", async () => Seen(await world.Web.Post(resource.Path, "{}", "text/plain"), 415));
        await Try("errors", "Accept: application/xml", async () => Seen(await world.Web.Get(One, ("Accept", "application/xml")), 406));
        await Try("errors", "PUT", async () => Seen(await world.Web.Send(HttpMethod.Put, One, "{}", "application/json"), 405, "61"));
        await Try("errors", "DELETE of all", async () => Seen(await world.Web.Delete(resource.Path), 405, "61"));
        await Try("errors", "an unknown path", async () => Seen(await world.Web.Get($"{One}/colour"), 404));
        await Try("errors", "a body of 5 MB", async () => Seen(await world.Web.Post(resource.Path, new JsonObject { ["name"] = new string('x', 5_000_000) }.ToJsonString(), "application/json", ("Expect", "100-continue")), 413));
        if (resource.Has("delete"))
        {
            await Try("errors", "DELETE of an unknown id", async () => Seen(await world.Web.Delete($"{resource.Path}/no-such"), 404, "60"));
        }

        if (resource.Has("patch"))
        {
            await Try("errors", "PATCH of an unknown id", async () => Seen(await world.Web.Patch($"{resource.Path}/no-such", "{}"), 404, "60"));
            await Try("errors", "PATCH as text/plain", async () => Seen(await world.Web.Patch(One, "{}", "text/plain"), 415));
        }
    }

    private async Task PatchesAsync()
    {
        var name = resource.Changeable;
        await Try("operations", "patch", async () => Seen(await world.Web.Patch(One, $$"""{"{{name}}":"merged"}"""), 200).Text(name).ShouldBe("merged"));
        await Try("patches", "application/json", async () => Seen(await world.Web.Patch(One, $$"""{"{{name}}":"plain"}""", "application/json"), 200).Text(name).ShouldBe("plain"));
        await Try("patches", "json-patch", async () =>
            Seen(await world.Web.Patch(One, $$"""[{"op":"test","path":"/{{name}}","value":"plain"},{"op":"replace","path":"{{name}}","value":"patched"}]""", JsonPatch), 200).Text(name).ShouldBe("patched"));
        await Try("patches", "json-patch, all or nothing", async () =>
        {
            var answer = await world.Web.Patch(One, $$"""[{"op":"replace","path":"/{{name}}","value":"half"},{"op":"test","path":"/id","value":"other"}]""", JsonPatch);
            answer.Code.ShouldBeOneOf(409, 422);
            Seen(answer, answer.Code);
            (await world.Web.Get(One)).Text(name).ShouldBe("patched");
        });
        await Try("patches", "null removes", async () => Seen(await world.Web.Patch(One, $$"""{"{{name}}":null}"""), 200).Object.ContainsKey(name).ShouldBeFalse());
        await Try("patches", "malformed json-patch", async () => Seen(await world.Web.Patch(One, """[{"op":"jump","path":"/x"}]""", JsonPatch), 400));
        if (resource.Array is var (array, attribute, element))
        {
            await Try("patches", "merge replaces an array", async () =>
                Seen(await world.Web.Patch(One, new JsonObject { [array] = new JsonArray(element.DeepClone()) }.ToJsonString()), 200).Object[array]!.AsArray().ShouldHaveSingleItem());
            await Try("patches", "json-patch adds to an array", async () =>
            {
                var second = element.DeepClone();
                second["id"] = "second";
                var patch = new JsonArray(new JsonObject { ["op"] = "add", ["path"] = $"/{array}/-", ["value"] = second });
                Seen(await world.Web.Patch(One, patch.ToJsonString(), JsonPatch), 200).Object[array]!.AsArray().Count.ShouldBe(2);
            });
            foreach (var path in new[] { $"/{array}/{attribute}?{array}.id=second", $"{array}[?(@.id=='second')].{attribute}" })
            {
                await Try("patches", $"json-patch-query {path}", async () =>
                {
                    var patch = new JsonArray(new JsonObject { ["op"] = "replace", ["path"] = path, ["value"] = $"by {path.Length}" });
                    var answer = Seen(await world.Web.Patch(One, patch.ToJsonString(), JsonPatchQuery), 200);
                    answer.Object[array]!.AsArray().Single(one => one!["id"]!.GetValue<string>() == "second")![attribute]!.GetValue<string>().ShouldBe($"by {path.Length}");
                    answer.Object[array]!.AsArray().Single(one => one!["id"]!.GetValue<string>() != "second")![attribute]!.GetValue<string>().ShouldBe("before");
                });
            }
        }

        foreach (var (held, value) in resource.Protected)
        {
            await Try("patches", $"{held} is protected", async () =>
                Seen(await world.Web.Patch(One, new JsonObject { [held] = value.DeepClone() }.ToJsonString()), 400, "24").Text("message").ShouldContain(held));
        }

        await Try("patches", "a protected attribute with its own value", async () => Seen(await world.Web.Patch(One, $$"""{"id":"{{id}}"}"""), 200));
    }

    private async Task EndAsync()
    {
        await (resource.BeforeDelete?.Invoke(world, id) ?? Task.CompletedTask);
        if (resource.Has("delete"))
        {
            await Try("operations", "delete", async () =>
            {
                // An importJob may still run.
                Answer answer;
                while ((answer = await world.Web.Delete(One)).Code == 409 && resource.Name.EndsWith("Job", StringComparison.Ordinal))
                {
                    await Task.Delay(20, TestContext.Current.CancellationToken);
                }

                answer.ShouldBe(204);
                Seen(await world.Web.Get(One), 404, "60");
            });
        }
    }

    private async Task EventsAsync()
    {
        foreach (var type in Words(resource.Events))
        {
            await Try("events", type, async () =>
            {
                JsonObject? envelope = null;
                await Until.Async(() => (envelope = Arrived().FirstOrDefault(body => body["eventType"]!.GetValue<string>() == type)) is not null);
                foreach (var name in new[] { "eventId", "eventTime", "timeOcurred", "domain", "title" })
                {
                    envelope![name]!.GetValue<string>().ShouldNotBeEmpty(name);
                }

                (envelope!["fieldPath"] is not null).ShouldBe(type.EndsWith("AttributeValueChangeEvent", StringComparison.Ordinal) || type is "ServiceOrderMilestoneEvent" or "ServiceOrderJeopardyEvent", type);
            });
        }

        foreach (var body in Arrived())
        {
            Valid(body["eventType"]!.GetValue<string>(), body, "notification");
        }
    }

    private IEnumerable<JsonObject> Arrived() => world.Listener.Received.Select(received => received.Body)
        .Where(body => body["event"]![resource.Name] is { } carried && carried["id"]!.GetValue<string>() == id);

    private async Task Try(string column, string rule, Func<Task> check)
    {
        string? complaint = null;
        try
        {
            await check().WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            complaint = exception.Message;
        }

        card.Note(resource.Name, column, rule, complaint);
    }

    private Task Try(string column, string rule, Action check) => Try(column, rule, () =>
    {
        check();
        return Task.CompletedTask;
    });

    /// <summary>Holds an answer to its status, and its body to the official schema.</summary>
    private Answer Seen(Answer answer, int status, string? code = null)
    {
        if (status >= 400)
        {
            Valid("Error", answer.Body, $"{status}");
            return answer.ShouldBeError(status, code);
        }

        foreach (var body in answer.Body is JsonArray list ? [.. list] : (JsonNode?[])[answer.Body])
        {
            if (answer.Code < 300)
            {
                Valid(resource.Definition, body, "answer");
            }
        }

        return answer.ShouldBe(status);
    }

    private void Valid(string definition, JsonNode? body, string what)
    {
        if (OfficialSchemas.AreHere)
        {
            var errors = OfficialSchemas.ErrorsAsync(resource.Api, definition, body).GetAwaiter().GetResult();
            card.Note(resource.Name, "schema", $"{what} {definition}", errors.Count == 0 ? null : $"{string.Join("; ", errors.Take(4))} in {body?.ToJsonString()}");
        }
    }

    private static string[] Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static IEnumerable<string> Names(JsonObject value) => value.Select(field => field.Key).Order(StringComparer.Ordinal);

    private static List<string> Ids(Answer answer) => [.. answer.Array.Select(element => element!["id"]!.GetValue<string>())];

    /// <summary>What of a value did not come back; servers may add, not lose or change.</summary>
    private static IEnumerable<string> Missing(JsonNode sent, JsonNode? got, string path) => (sent, got) switch
    {
        (JsonObject fields, JsonObject other) => fields.SelectMany(field => Missing(field.Value!, other[field.Key], $"{path}.{field.Key}")),
        (JsonArray list, JsonArray other) when list.Count == other.Count => list.Zip(other).SelectMany(pair => Missing(pair.First!, pair.Second, path)),
        _ => JsonNode.DeepEquals(sent, got) ? [] : [$"{path}: sent {sent.ToJsonString()}, got {got?.ToJsonString() ?? "nothing"}"],
    };

    private static IEnumerable<(string Path, string Value)> Leaves(JsonNode? node, string path) => node switch
    {
        JsonObject fields => fields.Where(field => field.Key is not ("href" or "x-extension")).SelectMany(field => Leaves(field.Value, path.Length == 0 ? field.Key : $"{path}.{field.Key}")),
        JsonArray list => list.SelectMany(element => Leaves(element, path)),
        JsonValue value => [(path, value.ToString())],
        _ => [],
    };
}
