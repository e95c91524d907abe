using System.Text;
using NaaS.Contracts;
using NaaS.Fulfilment.Place;
using NaaS.Fulfilment.Translate;

namespace NaaS.Fulfilment.Tests.Translate;

public class TranslatorTests
{
    private static readonly Guid Service = Guid.Parse("3f7a1c52-0c0e-4b0e-9f6a-5b7f4d2f1a01");

    private static readonly TranslateOptions Options = new() { Repository = "http://127.0.0.1:8080/charts" };

    private const string Chart = "Service artifact identifier in service registry/repository";

    private static DeploymentIntent Translate(params (string Name, string Value)[] given) =>
        Translator.Translate(
            Service, "CMS on OCM", [.. given.Prepend((Chart, "cms-ocm")).Select(c => new ServiceCharacteristic(c.Item1, "TEXT", c.Item2, false))], Options);

    private static IntentException Refused(params (string Name, string Value)[] given) => Should.Throw<IntentException>(() => Translate(given));

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    [Fact]
    public void A_service_that_only_names_its_chart_gets_the_defaults()
    {
        var intent = Translate();
        intent.ReleaseName.ShouldBe("cms-on-ocm");
        intent.Namespace.ShouldBe("cms-on-ocm-3f7a1c52");
        intent.OwnsNamespace.ShouldBeTrue();
        intent.Chart.ShouldBe(new("http://127.0.0.1:8080/charts", "cms-ocm", null));
        intent.Values.ShouldBe("");
        intent.Knobs.ShouldBeEmpty();
        intent.Placement.ShouldBe(PlacementRules.Any);
        intent.Deadline.ShouldBe(TimeSpan.FromSeconds(600));
        intent.Recreate.ShouldBeFalse();
        intent.UpdatePolicy.ShouldBe(UpdatePolicy.Manual);
        intent.MaintenanceWindow.ShouldBeNull();
        intent.PlanDigest.ShouldBeNull();
    }

    [Fact]
    public void Every_characteristic_is_taken()
    {
        var intent = Translate(
            ("Service name", "My CMS"), ("Service package manager", "HELM"), ("Cluster Manager", "ocm"), ("Base service registry/repository URL", "oci://r/charts"),
            ("Service artifact version", "0.0.x"), ("Helm Package Configuration", "a: 1"), ("Service namespace", "default"), ("Deadline", "30"),
            ("Recreate", "true"), ("Update policy", "automatic"), ("Maintenance window", "Sat 02:00-04:00"), ("Plan digest", "sha256:1"));
        intent.ReleaseName.ShouldBe("my-cms");
        intent.Namespace.ShouldBe("default");
        intent.OwnsNamespace.ShouldBeFalse();
        intent.Chart.ShouldBe(new("oci://r/charts", "cms-ocm", "0.0.x"));
        intent.Values.ShouldBe("a: 1");
        intent.Deadline.ShouldBe(TimeSpan.FromSeconds(30));
        intent.Recreate.ShouldBeTrue();
        intent.UpdatePolicy.ShouldBe(UpdatePolicy.Automatic);
        intent.MaintenanceWindow.ShouldBe("Sat 02:00-04:00");
        intent.PlanDigest.ShouldBe("sha256:1");
    }

    [Fact]
    public void Characteristics_may_have_other_names()
    {
        var options = new TranslateOptions { Names = new() { Artifact = "chart", KnobPrefix = "helm." } };
        var intent = Translator.Translate(
            Service, "x", [new("chart", "TEXT", "oci://host/path/cms", false), new("helm.replicas", "INTEGER", "2", false)], options);
        intent.Chart.ShouldBe(new(null, "oci://host/path/cms", null));
        intent.Knobs.ShouldBe([new("replicas", "INTEGER", "2", false)]);
    }

    [Fact]
    public void A_release_name_fits_Helm_whatever_the_service_is_called()
    {
        var intent = Translate(("Service name", "Ünïcode & " + new string('x', 80)));
        intent.ReleaseName.Length.ShouldBe(53);
        intent.ReleaseName.ShouldMatch("^[a-z0-9]([-a-z0-9]*[a-z0-9])?$");
        intent.Namespace.Length.ShouldBeLessThanOrEqualTo(63);
        intent.Namespace.ShouldMatch("^[a-z0-9]([-a-z0-9]*[a-z0-9])?$");
        Translate(("Service name", "€€€")).ReleaseName.ShouldBe("service");
    }

    [Theory]
    [InlineData("web:\n  replicas: 2\n")]
    [InlineData("web: {replicas: 2}")]
    public void Values_are_taken_plain_and_in_base64(string yaml)
    {
        Translate(("Helm Package Configuration", yaml)).Values.ShouldBe(yaml.Trim());
        Translate(("Helm Package Configuration", Base64(yaml))).Values.ShouldBe(yaml);
    }

    [Fact]
    public void Base64_may_be_broken_into_lines()
    {
        var yaml = "web:\n  image: nginx\n  note: a text that is long enough to be broken into several lines of base64\n";
        var lines = string.Join("\r\n", Base64(yaml).Chunk(20).Select(line => new string(line)));
        Translate(("Helm Package Configuration", lines)).Values.ShouldBe(yaml);
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("null")]
    public void An_empty_value_counts_as_not_given(string empty)
    {
        var intent = Translate(("Helm Package Configuration", empty), ("Service namespace", empty), ("Deadline", empty), ("Cluster Metadata", empty));
        intent.Values.ShouldBe("");
        intent.OwnsNamespace.ShouldBeTrue();
        intent.Placement.ShouldBe(PlacementRules.Any);
    }

    [Theory]
    [InlineData("Service package manager", "kustomize", "only \"helm\"")]
    [InlineData("Cluster Manager", "karmada", "only \"ocm\"")]
    [InlineData("Service namespace", "Not_Valid", "not a valid namespace")]
    [InlineData("Deadline", "soon", "seconds")]
    [InlineData("Deadline", "0", "seconds")]
    [InlineData("Deadline", "99999999", "seconds")]
    [InlineData("Recreate", "maybe", "neither true nor false")]
    [InlineData("Update policy", "1", "manual, automatic")]
    [InlineData("Helm Package Configuration", "!!!not base64", "YAML")]
    [InlineData("Helm Package Configuration", "aGVsbG8", "base64")]
    [InlineData("Helm Package Configuration", "aGVsbG8=", "must be a YAML mapping")]
    [InlineData("Helm Package Configuration", "/////w==", "not UTF-8")]
    [InlineData("Helm Package Configuration", "a: [1", "not valid YAML")]
    [InlineData("Helm Package Configuration", "- a\n- b", "must be a YAML mapping")]
    [InlineData("Cluster Metadata", "kind: Deployment", "neither a P2CodeSchedulingManifest nor a Placement")]
    [InlineData("Cluster Metadata", "a: 1", "has no kind")]
    public void A_wrong_value_is_refused_and_names_the_characteristic(string name, string value, string reason)
    {
        var refused = Refused((name, value));
        refused.Field.ShouldBe(name);
        refused.Reason.ShouldContain(reason);
    }

    [Theory]
    [InlineData("../etc/passwd")]
    [InlineData("/etc/passwd")]
    [InlineData("a b")]
    public void A_chart_name_that_leaves_its_repository_is_refused(string chart)
    {
        var refused = Should.Throw<IntentException>(() => Translator.Translate(Service, "x", [new(Chart, "TEXT", chart, false)], Options));
        refused.Field.ShouldBe(Chart);
    }

    [Theory]
    [InlineData("https://r/charts", "bitnami/wordpress", "https://r/charts", "wordpress")]
    [InlineData("oci://r/charts", "team/cms", "oci://r/charts", "team/cms")]
    [InlineData("https://r/charts", "oci://host/cms", null, "oci://host/cms")]
    [InlineData("https://r/charts", "https://host/cms-1.0.0.tgz", null, "https://host/cms-1.0.0.tgz")]
    public void A_chart_is_named_in_each_of_Helms_ways(string repository, string artifact, string? expectedRepository, string expectedName) =>
        Translator.Translate(Service, "x", [new(Chart, "TEXT", artifact, false)], Options with { Repository = repository }).Chart
            .ShouldBe(new(expectedRepository, expectedName, null));

    [Fact]
    public void A_missing_chart_and_a_missing_repository_are_named()
    {
        Should.Throw<IntentException>(() => Translator.Translate(Service, "x", [], Options)).Field.ShouldBe(Chart);
        Should.Throw<IntentException>(() => Translator.Translate(Service, "x", [new(Chart, "TEXT", "cms", false)], new())).Field
            .ShouldBe("Base service registry/repository URL");
    }

    [Fact]
    public void A_billion_laughs_are_refused_at_once()
    {
        var yaml = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (var level = 1; level < 12; level++)
        {
            yaml.Append(System.Globalization.CultureInfo.InvariantCulture, $"a{level}: &a{level} [{string.Join(", ", Enumerable.Repeat($"*a{level - 1}", 10))}]\n");
        }

        Refused(("Helm Package Configuration", yaml.ToString())).Reason.ShouldContain("excessive aliasing");
    }

    [Fact]
    public void Deep_and_large_documents_are_refused()
    {
        Refused(("Helm Package Configuration", "a: " + new string('[', 20000) + new string(']', 20000))).Reason.ShouldContain("max depth");
        Refused(("Helm Package Configuration", "a: " + new string('x', 2_000_000))).Reason.ShouldContain("larger than");
    }

    [Fact]
    public void The_same_characteristic_with_two_values_is_refused() =>
        Refused(("Deadline", "1"), ("Deadline", "2")).Reason.ShouldContain("twice");
}
