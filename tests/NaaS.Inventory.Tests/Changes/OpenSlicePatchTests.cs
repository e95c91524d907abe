using System.Net;
using System.Text.Json.Nodes;
using NaaS.Contracts;
using NaaS.Testing;

namespace NaaS.Inventory.Tests.Changes;

public sealed class OpenSlicePatchTests
{
    [Fact]
    public async Task Check_29_A_patch_with_unchanged_values_is_no_change_at_all()
    {
        await using var front = await Front.StartAsync();
        var (path, _) = await Road.ActiveAsync(front, null, ("values.replicas", 2));
        await front.PatchAsync($"/openslice{path}", All("2"));
        var events = (await front.EventsAsync()).Count;
        var before = await front.GetAsync(path);
        var (status, service) = await front.PatchAsync($"/openslice{path}", All("2"));
        status.ShouldBe(HttpStatusCode.OK);
        Samples.Value(service, "values.replicas").ShouldBe("2");
        (await front.GetAsync(path)).ToJsonString().ShouldBe(before.ToJsonString());
        (await front.CommandsAsync<ChangeService>()).ShouldHaveSingleItem();
        (await front.EventsAsync()).Count.ShouldBe(events);
    }

    [Fact]
    public async Task Check_27_Characteristics_that_are_not_sent_stay_as_they_are()
    {
        await using var front = await Front.StartAsync();
        var (path, _) = await Road.ActiveAsync(front, null, ("values.replicas", 2), (Samples.ValuesName, "a: 1"), ("values.password", "geheim"));
        await front.PatchAsync($"/openslice{path}", Samples.OpenSlicePatch(("values.replicas", "3"), ("values.password", "***")));
        var change = (await front.CommandsAsync<ChangeService>())[^1];
        change.Characteristics.ShouldContain(one => one.Name == "values.replicas" && one.Value == "3");
        change.Characteristics.ShouldContain(one => one.Name == Samples.ValuesName && one.Value == "a: 1");
        change.Characteristics.ShouldContain(one => one.Name == "values.password" && one.Value == "geheim");
        change.Characteristics.ShouldNotContain(one => one.Name.StartsWith("status."));
    }

    [Theory]
    [InlineData("values.replicas", "99", "99 is not in [1,10]")]
    [InlineData(Samples.VersionName, "no version", "neither a version nor a SemVer range")]
    [InlineData(Samples.PlacementName, "abcde", "neither YAML nor base64")]
    public async Task A_refused_change_answers_200_with_the_values_as_they_were_and_a_note(string name, string value, string reason)
    {
        await using var front = await Front.StartAsync();
        var (path, _) = await Road.ActiveAsync(front, null, ("values.replicas", 2));
        var (status, service) = await front.PatchAsync($"/openslice{path}", Samples.OpenSlicePatch((name, value)));
        status.ShouldBe(HttpStatusCode.OK);
        service["state"]!.GetValue<string>().ShouldBe("active");
        Samples.Value(service, "values.replicas").ShouldBe("2");
        Samples.Value(service, Samples.VersionName).ShouldBe("0.0.1");
        Road.Notes(service).ShouldContain(note => note.Contains(reason));
        (await front.CommandsAsync<ChangeService>()).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task What_only_the_worker_finds_out_answers_with_the_wanted_values_and_goes_back_later_with_a_note()
    {
        await using var front = await Front.StartAsync();
        var (path, _) = await Road.ActiveAsync(front, null, ("values.replicas", 2));
        var (_, service) = await front.PatchAsync($"/openslice{path}", Samples.OpenSlicePatch((Samples.VersionName, "9.9.9")));
        Samples.Value(service, Samples.VersionName).ShouldBe("9.9.9");
        var change = (await front.CommandsAsync<ChangeService>())[^1];
        await front.ReportAsync(Samples.Report(change, 5, Rollout.Failed, "There is no chart cms-ocm 9.9.9"));
        var back = await front.GetAsync($"/openslice{path}");
        Samples.Value(back, Samples.VersionName).ShouldBe("0.0.1");
        back["state"]!.GetValue<string>().ShouldBe("active");
        Road.Notes(back).ShouldContain(note => note.Contains("There is no chart cms-ocm 9.9.9"));
        (await front.EventsAsync())[^1].Type.ShouldBe("ServiceAttributeValueChangeEvent");
    }

    [Fact]
    public async Task An_ended_service_answers_200_and_stays_as_it_is()
    {
        await using var front = await Front.StartAsync();
        var (path, _) = await Road.ActiveAsync(front);
        await front.PatchAsync(path, Samples.Parse("""{"state":"terminated"}"""));
        var (status, service) = await front.PatchAsync($"/openslice{path}", Samples.OpenSlicePatch(("values.replicas", "5")));
        status.ShouldBe(HttpStatusCode.OK);
        Samples.Value(service, "values.replicas").ShouldBe("1");
        Road.Notes(service).ShouldContain(note => note.Contains("ending"));
        (await front.CommandsAsync<ChangeService>()).ShouldHaveSingleItem();
    }

    private static JsonObject All(string replicas) => Samples.OpenSlicePatch(
        ("values.replicas", replicas), (Samples.ChartName, "cms-ocm"), (Samples.VersionName, "0.0.1"), ("status.revision", "1"), ("unknown", "x"));
}
