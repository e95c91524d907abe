using System.Diagnostics;
using NaaS.Contracts;
using NaaS.Fulfilment.Bundle;
using NaaS.Fulfilment.Place;
using NaaS.Fulfilment.Render;
using NaaS.Fulfilment.Translate;
using NaaS.Helm.Charts;
using NaaS.Helm.Releases;

namespace NaaS.Fulfilment.Tests;

/// <summary>The charts of deploy/charts, through the pure steps of fulfilment: what the demo's scenarios rest on.</summary>
public class DemoChartsTests
{
    private static readonly Guid Service = Guid.Parse("3f7a1c52-0c0e-4b0e-9f6a-5b7f4d2f1a01");

    private static string Folder(string version)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "NaaS.sln")))
        {
            folder = folder.Parent;
        }

        return Path.Combine(folder!.FullName, "deploy", "charts", "cms-ocm-" + version);
    }

    private static Release Render(string version, params ServiceCharacteristic[] more)
    {
        ServiceCharacteristic[] given =
        [
            new("Service artifact identifier in service registry/repository", "TEXT", "cms-ocm", false),
            new("Service artifact version", "TEXT", version, false),
            new("Service namespace", "TEXT", "default", false),
            .. more,
        ];
        var intent = Translator.Translate(Service, "cms-ocm", given, new() { Repository = "https://charts.example" });
        var chart = new FetchedChart(ChartLoader.FromFolder(Folder(version)), version, "sha256:0");
        return ReleaseFactory.RenderAsync(new BuiltInRenderer(), intent, chart, new() { Revision = 1, Born = DateTimeOffset.UnixEpoch }, CancellationToken.None)
            .GetAwaiter().GetResult();
    }

    private static ServiceCharacteristic AllOfTheFirstVersionsValues => new(
        "Helm Package Configuration", "TEXT", Convert.ToBase64String(File.ReadAllBytes(Path.Combine(Folder("0.0.1"), "values.yaml"))), false);

    private static IEnumerable<string> Keys(Release release) => release.Objects.Select(o => ObjectKey.Of(o).ToString());

    [Theory]
    [InlineData("0.0.1")]
    [InlineData("0.0.2")]
    public async Task The_real_Helm_accepts_them_and_renders_what_we_render(string version)
    {
        var ours = HelmRenderer.Render(
            ChartLoader.FromFolder(Folder(version)), new() { Name = "cms-ocm", Namespace = "default" }, null, TestContext.Current.CancellationToken).Text;
        var helm = Environment.GetEnvironmentVariable("NAAS_HELM") ?? "";
        Assert.SkipUnless(File.Exists(helm), "the real helm is not here (NAAS_HELM)");
        (await RunAsync(helm, "lint", "--strict", Folder(version))).ShouldContain("0 chart(s) failed");
        ours.ShouldBe(await RunAsync(helm, "template", "cms-ocm", Folder(version), "--namespace", "default"));
    }

    [Fact]
    public void The_second_version_adds_the_policy_and_changes_nothing_else_even_under_the_first_ones_values()
    {
        var first = Render("0.0.1", AllOfTheFirstVersionsValues);
        var second = Render("0.0.2", AllOfTheFirstVersionsValues);
        Keys(second).Except(Keys(first)).ShouldBe(["NetworkPolicy/default/database"]);
        var before = first.Objects.ToDictionary(ObjectKey.Of, o => o.ToJsonString());
        second.Objects.Where(o => before.ContainsKey(ObjectKey.Of(o))).ShouldAllBe(o => o.ToJsonString() == before[ObjectKey.Of(o)]);
        second.Objects.Count.ShouldBe(first.Objects.Count + 1);
    }

    [Fact]
    public void They_make_three_components_that_call_the_database()
    {
        var bundle = Bundler.Bundle(Service, Render("0.0.2").Objects);
        var names = bundle.Components.ToDictionary(component => component.Id, component => component.Workload.Name);
        bundle.Components.Select(component => $"{component.Workload.Kind}/{component.Workload.Name} {component.Stateful}")
            .ShouldBe(["Deployment/phpmyadmin False", "Deployment/web False", "StatefulSet/database True"]);
        bundle.Leftovers.ShouldBeEmpty();
        LinkFinder.Find(bundle).Select(link => $"{names[link.From]} -> {link.Service.Name} -> {names[link.To]}")
            .ShouldBe(["phpmyadmin -> database -> database", "web -> database -> database"]);
        bundle.Components.Single(component => component.Stateful).Objects.Select(key => key.Kind).ShouldContain("NetworkPolicy");
    }

    [Fact]
    public void Relocation_takes_the_database_out_of_the_group_and_keeps_its_link()
    {
        var bundle = Bundler.Bundle(Service, Render("0.0.1").Objects);
        var before = Grouper.Group(bundle, PlacementRules.Any, new Dictionary<Guid, string>(), new());
        IReadOnlyList<ClusterFilter> openshift = [new("kubernetes-distribution", "openshift")];
        var rules = PlacementRules.Any with { Workloads = new Dictionary<string, IReadOnlyList<ClusterFilter>> { ["web"] = openshift, ["phpmyadmin"] = openshift } };
        var known = before.SelectMany(group => group.Components, (group, component) => (component.Id, group.Name)).ToDictionary(one => one.Id, one => one.Name);
        var after = Grouper.Group(bundle, rules, known, new());

        before.Select(group => group.Name).ShouldBe(["phpmyadmin"]);
        after.Select(group => $"{group.Name} {group.Stateful}").ShouldBe(["phpmyadmin False", "database True"]);
        var added = CrossClusterLinks.Objects(
            after, LinkFinder.Find(bundle), new Dictionary<string, IReadOnlyList<string>> { ["phpmyadmin"] = ["c2"], ["database"] = ["c1"] });
        added["c1"].Select(o => ObjectKey.Of(o).ToString()).ShouldBe(["ServiceExport/default/database"]);
        added["c2"].Single().Text("spec", "externalName").ShouldBe("database.default.svc.clusterset.local");
    }

    [Fact]
    public void Knobs_scale_and_limit_one_component_and_nothing_else()
    {
        var before = Render("0.0.1", AllOfTheFirstVersionsValues);
        var after = Render(
            "0.0.1",
            AllOfTheFirstVersionsValues,
            new("values.phpmyadmin.replicaCount", "INTEGER", "2", false),
            new("values.phpmyadmin.resources.limits.memory", "TEXT", "512Mi", false),
            new("values.web.replicaCount", "INTEGER", "9", true));
        var changed = after.Objects.Zip(before.Objects).Where(pair => pair.First.ToJsonString() != pair.Second.ToJsonString()).Select(pair => pair.First).ToList();
        changed.Select(o => ObjectKey.Of(o).ToString()).ShouldBe(["Deployment/default/phpmyadmin"]);
        changed[0].At("spec", "replicas")!.ToJsonString().ShouldBe("2");
        changed[0].Map("spec", "template", "spec").Maps("containers").Single().Text("resources", "limits", "memory").ShouldBe("512Mi");
    }

    [Theory]
    [InlineData("values.phpmyadmin.replicaCount", "11", "/phpmyadmin/replicaCount")]
    [InlineData("values.web.image", "3", "/web/image")]
    public void A_value_that_the_charts_schema_refuses_is_named(string knob, string value, string path) =>
        Should.Throw<RenderException>(() => Render("0.0.1", new ServiceCharacteristic(knob, "INTEGER", value, false))).Message.ShouldContain(path);

    [Fact]
    public void Values_that_do_not_render_are_refused_in_one_line_of_Helms_words()
    {
        var refused = Should.Throw<RenderException>(() => Render("0.0.1", new ServiceCharacteristic("values.database.password", "ARRAY", "[]", false))).Message;
        refused.ShouldStartWith("chart cms-ocm 0.0.1 does not render: ");
        refused.ShouldNotContain("\n");
    }

    private static async Task<string> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var token = TestContext.Current.CancellationToken;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(token), process.StandardError.ReadToEndAsync(token));
        await process.WaitForExitAsync(token);
        process.ExitCode.ShouldBe(0, await error);
        return await output;
    }
}
