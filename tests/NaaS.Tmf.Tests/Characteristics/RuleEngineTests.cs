using System.Text;
using System.Text.Json.Nodes;
using NaaS.Tmf.Characteristics;

namespace NaaS.Tmf.Tests.Characteristics;

public sealed class RuleEngineTests
{
    private static readonly DateTimeOffset Now = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);
    private readonly CharacteristicOptions options = new();

    [Fact]
    public void What_is_not_given_takes_its_default_and_is_marked_so()
    {
        var outcome = Check("""{"name":"size","valueType":"TEXT","characteristicValueSpecification":[{"isDefault":true,"value":"small"}]}""");
        outcome.IsAccepted.ShouldBeTrue();
        outcome.Accepted.Single().ShouldSatisfyAllConditions(
            one => one.Text.ShouldBe("small"), one => one.IsDefault.ShouldBeTrue(), one => one.ValueType.ShouldBe("TEXT"));
    }

    [Theory]
    [InlineData("\"1\"")]
    [InlineData("1")]
    [InlineData("\"\"")]
    [InlineData("null")]
    public void A_value_that_equals_the_default_counts_as_default_however_it_is_spelt(string value) =>
        Check(Replicas, ("values.replicas", value)).Accepted.Single().IsDefault.ShouldBeTrue();

    [Fact]
    public void Another_value_is_no_default() => Check(Replicas, ("values.replicas", "2")).Accepted.Single().IsDefault.ShouldBeFalse();

    [Theory]
    [InlineData("40", "40 is not in [1,10]")]
    [InlineData("\"0\"", "0 is not in [1,10]")]
    [InlineData("\"two\"", "two is not a whole number")]
    [InlineData("2.5", "2.5 is not a whole number")]
    [InlineData("{}", "{} is not a whole number")]
    public void A_value_out_of_range_or_type_is_refused_with_its_reason(string value, string reason) =>
        Refusal(Replicas, ("values.replicas", value)).ShouldBe($"values.replicas: {reason}");

    [Theory]
    [InlineData("open", "1", false)]
    [InlineData("open", "10", false)]
    [InlineData("closed", "1", true)]
    [InlineData("closed", "10", true)]
    [InlineData("closedBottom", "1", true)]
    [InlineData("closedBottom", "10", false)]
    [InlineData("closedTop", "1", false)]
    [InlineData("closedTop", "10", true)]
    public void The_kind_of_interval_decides_about_its_ends(string interval, string value, bool admitted)
    {
        var rule = $$"""{"name":"n","valueType":"number","characteristicValueSpecification":[{"valueFrom":1,"valueTo":10,"rangeInterval":"{{interval}}"}]}""";
        Check(rule, ("n", value)).IsAccepted.ShouldBe(admitted);
    }

    [Theory]
    [InlineData("", "", "", null)]
    [InlineData("443", "", "", "tls: needs a value for certificate")]
    [InlineData("443", "c1", "", null)]
    [InlineData("", "c1", "", null)]
    [InlineData("443", "c1", "80", "plain: cannot go with tls")]
    [InlineData("", "", "80", null)]
    [InlineData("443", "c1", "8080", null)]
    public void Characteristics_need_and_exclude_each_other_as_their_relationships_say(string tls, string certificate, string plain, string? complaint)
    {
        const string Tls = """{"name":"tls","valueType":"TEXT","charSpecRelationship":[{"relationshipType":"dependency","name":"certificate"},{"relationshipType":"exclusivity","name":"site","parentSpecificationId":"other"}]}""";
        const string Plain = """{"name":"plain","valueType":"TEXT","serviceSpecCharRelationship":[{"relationshipType":"exclusivity","name":"tls"},{"relationshipType":"migration","name":"certificate"}],"characteristicValueSpecification":[{"isDefault":true,"value":"8080"}]}""";
        string[] rules = [Tls, """{"name":"certificate","valueType":"TEXT"}""", Plain];

        var outcome = Check(rules, [.. new[] { ("tls", tls), ("certificate", certificate), ("plain", plain) }.Select(one => (one.Item1, $"\"{one.Item2}\""))]);
        outcome.Violations.Select(violation => violation.ToString()).ShouldBe(complaint is null ? [] : [complaint]);
    }

    [Fact]
    public void Several_entries_are_alternatives()
    {
        const string Rule = """{"name":"n","valueType":"INTEGER","characteristicValueSpecification":[{"valueFrom":1,"valueTo":2},{"valueFrom":8},{"value":"5","isDefault":true}]}""";
        Check(Rule, ("n", "2"), ("n", "8")).IsAccepted.ShouldBeTrue();
        Check(Rule, ("n", "5")).IsAccepted.ShouldBeTrue();
        Refusal(Rule, ("n", "4")).ShouldBe("n: 4 is not in [1,2] and is not in [8,]");
    }

    [Theory]
    [InlineData(false, "\"medium\"", true)]
    [InlineData(false, "\"huge\"", false)]
    [InlineData(true, "\"huge\"", true)]
    public void Listed_values_are_an_enumeration_unless_it_is_extensible(bool extensible, string value, bool admitted)
    {
        var rule = """{"name":"size","valueType":"string","extensible":EXT,"characteristicValueSpecification":[{"value":"small"},{"value":"medium"}]}"""
            .Replace("EXT", extensible ? "true" : "false", StringComparison.Ordinal);
        Check(rule, ("size", value)).IsAccepted.ShouldBe(admitted);
    }

    [Fact]
    public void A_lone_default_is_not_an_enumeration_but_an_ENUMs_only_value_is()
    {
        const string Rule = """{"name":"n","valueType":"TYPE","serviceSpecCharacteristicValue":[{"isDefault":true,"value":{"value":"helm","alias":""}}]}""";
        Check(Rule.Replace("TYPE", "TEXT", StringComparison.Ordinal), ("n", "\"other\"")).IsAccepted.ShouldBeTrue();
        Refusal(Rule.Replace("TYPE", "ENUM", StringComparison.Ordinal), ("n", "\"other\"")).ShouldBe("n: other is not one of helm");
    }

    [Fact]
    public void A_pattern_must_match_the_whole_text()
    {
        const string Rule = """{"name":"n","valueType":"TEXT","regex":"[a-z]+|x1"}""";
        Check(Rule, ("n", "\"abc\"")).IsAccepted.ShouldBeTrue();
        Refusal(Rule, ("n", "\"abc1\"")).ShouldBe("n: abc1 does not match [a-z]+|x1");
        Check(Rule, ("n", "\"abc\\n\"")).IsAccepted.ShouldBeFalse();
    }

    [Fact]
    public void A_pattern_that_never_ends_refuses_in_bounded_time()
    {
        var watch = System.Diagnostics.Stopwatch.StartNew();
        Check("""{"name":"n","valueType":"TEXT","regex":"(a+)+b"}""", ("n", $"\"{new string('a', 40)}\"")).IsAccepted.ShouldBeFalse();
        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(5));
    }

    [Fact]
    public void A_mandatory_value_without_default_must_be_given()
    {
        const string Rule = """{"name":"chart","valueType":"TEXT","minCardinality":1,"maxCardinality":1}""";
        Refusal(Rule).ShouldBe("chart: is mandatory");
        Refusal(Rule, ("chart", "\"\"")).ShouldBe("chart: is mandatory");
        Refusal(Rule, ("chart", "null")).ShouldBe("chart: is mandatory");
        Check(Rule, ("chart", "\"cms\"")).IsAccepted.ShouldBeTrue();
    }

    [Theory]
    [InlineData("""["a.example","b.example"]""", null)]
    [InlineData("""["A!"]""", "hosts: A! does not match ^[a-z.]+$")]
    [InlineData("""["a","b","c","d"]""", "hosts: takes at most 3 values")]
    [InlineData("[]", "hosts: needs at least 1 values")]
    [InlineData("""[{"a":1}]""", "hosts: {\"a\":1} is not a text")]
    [InlineData("""
        "[{\"value\":\"a.example\",\"alias\":\"\"}]"
        """, null)]
    public void Several_values_are_counted_and_each_is_checked(string value, string? reason)
    {
        const string Rule = """{"name":"hosts","valueType":"ARRAY","minCardinality":1,"maxCardinality":3,"characteristicValueSpecification":[{"valueType":"string","regex":"^[a-z.]+$"}]}""";
        string.Join("; ", Check(Rule, ("hosts", value)).Violations).ShouldBe(reason ?? "");
    }

    [Theory]
    [InlineData("INTEGER", "\"12\"", "\"1.2\"")]
    [InlineData("SMALLINT", "\"12\"", "\"40000\"")]
    [InlineData("LONGINT", "\"9000000000\"", "\"x\"")]
    [InlineData("FLOAT", "\"1.5\"", "\"1,5\"")]
    [InlineData("number", "0.5", "\"NaN\"")]
    [InlineData("BOOLEAN", "\"true\"", "\"yes\"")]
    [InlineData("boolean", "false", "1")]
    [InlineData("TIMESTAMP", "\"2026-11-24T09:00Z\"", "\"tomorrow\"")]
    [InlineData("dateTime", "\"2026-11-24T08:59:41.595727695Z\"", "\"\\u002d\"")]
    [InlineData("BINARY", "\"YWJj\"", "\"%%%\"")]
    [InlineData("TEXT", "\"anything\"", "[1]")]
    [InlineData("ARRAY", "[1]", "\"a\"")]
    [InlineData("OBJECT", "\"{\\\"a\\\":1}\"", "\"{\"")]
    public void A_value_must_be_of_its_type(string type, string good, string bad)
    {
        var rule = $$"""{"name":"n","valueType":"{{type}}","maxCardinality":1}""";
        Check(rule, ("n", good)).IsAccepted.ShouldBeTrue();
        Check(rule, ("n", bad)).Violations.Single().Kind.ShouldBe(ViolationKind.Type);
    }

    [Fact]
    public void An_unknown_characteristic_is_refused_or_where_the_caller_is_lenient_ignored()
    {
        Refusal(Replicas, ("colour", "\"red\"")).ShouldBe("colour: is not a characteristic of 'web'");
        var outcome = Check([Replicas], [("colour", "\"red\"")], lenient: true);
        outcome.IsAccepted.ShouldBeTrue();
        outcome.Ignored.Single().Characteristic.ShouldBe("colour");
        outcome.Accepted.ShouldNotContain(one => one.Name == "colour");
    }

    [Theory]
    [InlineData("EXEC_ACTION")]
    [InlineData("externalPartnerServiceId")]
    [InlineData("externalServiceOrderId")]
    [InlineData("web::replicas")]
    public void A_name_of_somebody_elses_machinery_is_reserved(string name) =>
        Check(Replicas, (name, "\"x\"")).Violations.Single().Kind.ShouldBe(ViolationKind.Reserved);

    [Fact]
    public void What_the_provider_set_can_be_repeated_but_not_changed()
    {
        const string Rule = """{"name":"chart","valueType":"TEXT","configurable":false,"minCardinality":1,"characteristicValueSpecification":[{"isDefault":true,"value":"cms"}]}""";
        Check(Rule, ("chart", "\"cms\"")).Accepted.Single().Text.ShouldBe("cms");
        Check(Rule).Accepted.Single().Text.ShouldBe("cms");
        Check(Rule, ("chart", "\"other\"")).Violations.Single().Kind.ShouldBe(ViolationKind.NotConfigurable);
        Check([Rule], [("chart", "\"other\"")], lenient: true).ShouldSatisfyAllConditions(
            outcome => outcome.Accepted.Single().Text.ShouldBe("cms"), outcome => outcome.Ignored.ShouldHaveSingleItem());
    }

    [Fact]
    public void The_status_of_a_running_service_may_be_sent_back_and_is_left_aside()
    {
        var outcome = Check(Replicas, ("status.revision", "\"7\""));
        outcome.IsAccepted.ShouldBeTrue();
        outcome.Accepted.Select(one => one.Name).ShouldBe(["values.replicas"]);
    }

    [Fact]
    public void What_is_not_valid_now_does_not_count()
    {
        const string Old = """{"name":"old","valueType":"TEXT","minCardinality":1,"validFor":{"endDateTime":"2026-01-01T00:00:00Z"}}""";
        const string Sizes = """{"name":"size","valueType":"ENUM","characteristicValueSpecification":[{"value":"small"},{"value":"large","validFor":{"startDateTime":"2027-01-01T00:00:00Z"}}]}""";
        Check([Old, Sizes], []).IsAccepted.ShouldBeTrue();
        Check([Old, Sizes], [("old", "\"x\"")]).Violations.Single().Kind.ShouldBe(ViolationKind.Unknown);
        Check([Sizes], [("size", "\"large\"")]).Violations.Single().ToString().ShouldBe("size: large is not one of small");
    }

    [Fact]
    public void What_runs_may_be_repeated_though_the_specification_has_changed_since()
    {
        var outcome = Check([Replicas], [("values.replicas", "20")], running: [("values.replicas", "\"20\"")]);
        outcome.IsAccepted.ShouldBeTrue();
        Check([Replicas], [("values.replicas", "21")], running: [("values.replicas", "\"20\"")]).IsAccepted.ShouldBeFalse();
    }

    [Fact]
    public void All_mistakes_are_told_at_once()
    {
        var outcome = Check([Replicas, """{"name":"chart","valueType":"TEXT","minCardinality":1}"""], [("values.replicas", "99"), ("colour", "1")]);
        outcome.Violations.Select(violation => violation.Characteristic).ShouldBe(["values.replicas", "chart", "colour"]);
    }

    [Fact]
    public void A_secret_is_marked_and_its_value_is_never_told()
    {
        const string Rule = """{"name":"password","valueType":"TEXT","isSecret":true,"regex":"[a-z]+"}""";
        Refusal(Rule, ("password", "\"S3cr3t\"")).ShouldNotContain("S3cr3t");
        Check(Rule, ("password", "\"abc\"")).Accepted.Single().IsSecret.ShouldBeTrue();
        options.Secrets.Add("values.rep*");
        Check(Replicas).Accepted.Single().IsSecret.ShouldBeTrue();
    }

    [Theory]
    [InlineData("replicaCount: 2")]
    [InlineData("{}")]
    [InlineData("")]
    [InlineData("base64:replicaCount: 2")]
    [InlineData("base64:# nothing but a comment")]
    public void Values_come_as_YAML_plain_or_in_base64(string text) => Document("Helm Package Configuration", text).ShouldBeNull();

    [Theory]
    [InlineData("a: [1", "is not YAML: line 2")]
    [InlineData("a: b: c", "is not YAML: line 1")]
    [InlineData("abcde", "is neither YAML nor base64")]
    [InlineData("gICA", "is neither YAML nor base64")]
    [InlineData("%%%", "is not YAML")]
    [InlineData("base64:just a text", "is not a YAML mapping")]
    [InlineData("[a, b]", "is not a YAML mapping")]
    [InlineData("a: *nowhere", "has no anchor")]
    public void A_values_document_that_cannot_be_read_is_refused(string text, string reason) =>
        Document("Helm Package Configuration", text).ShouldNotBeNull().ShouldContain(reason);

    [Fact]
    public void A_billion_laughs_end_early()
    {
        var yaml = new StringBuilder("a0: &a0 [lol, lol]\n");
        for (var i = 1; i < 40; i++)
        {
            yaml.Append(System.Globalization.CultureInfo.InvariantCulture, $"a{i}: &a{i} [*a{i - 1}, *a{i - 1}, *a{i - 1}, *a{i - 1}]\n");
        }

        Document("Helm Package Configuration", yaml.ToString()).ShouldNotBeNull().ShouldContain("nodes");
    }

    [Fact]
    public void A_deep_document_is_refused() =>
        Document("Helm Package Configuration", "a: " + new string('[', 5000) + new string(']', 5000)).ShouldNotBeNull().ShouldContain("deeper");

    [Theory]
    [InlineData("{kind: P2CodeSchedulingManifest, spec: {globalAnnotations: [p2code.target.managedClusterSet=default, p2code.filter.location=edge], workloadAnnotations: [{name: web, annotations: [p2code.filter.gpu=true]}]}}", null)]
    [InlineData("{kind: P2CodeSchedulingManifest, spec: {workloadAnnotations: {web: [p2code.filter.gpu=true]}}}", null)]
    [InlineData("kind: Placement\n---\nkind: Placement\n", null)]
    [InlineData("", null)]
    [InlineData("{kind: P2CodeSchedulingManifest, spec: {globalAnnotations: [gpu=true]}}", "'gpu' is not supported")]
    [InlineData("{kind: P2CodeSchedulingManifest, spec: {globalAnnotations: [p2code.filter.gpu]}}", "is not of the form key=value")]
    [InlineData("{kind: P2CodeSchedulingManifest, spec: {workloadAnnotations: [{name: web, annotations: [p2code.target.cluster=c1]}]}}", "only allowed for all workloads")]
    [InlineData("kind: Deployment", "neither a P2CodeSchedulingManifest nor a Placement")]
    [InlineData("location: edge", "has no kind")]
    public void Placement_rules_must_be_of_a_known_kind_with_known_keys(string text, string? reason)
    {
        var complaint = Document("Cluster Metadata", text);
        if (reason is null)
        {
            complaint.ShouldBeNull();
        }
        else
        {
            complaint.ShouldNotBeNull().ShouldContain(reason);
        }
    }

    [Theory]
    [InlineData("Service artifact version", "0.0.1", true)]
    [InlineData("Service artifact version", "v1.2.3-rc.1+build", true)]
    [InlineData("Service artifact version", "^1.2", true)]
    [InlineData("Service artifact version", ">=1.2, <2 || 3.x", true)]
    [InlineData("Service artifact version", "1.0 - 2.0", true)]
    [InlineData("Service artifact version", "*", true)]
    [InlineData("Service artifact version", "newest", false)]
    [InlineData("Service artifact version", "1.2.3.4", false)]
    [InlineData("Service package manager", "helm", true)]
    [InlineData("Service package manager", "kustomize", false)]
    [InlineData("Cluster Manager", "ocm", true)]
    [InlineData("Cluster Manager", "karmada", false)]
    [InlineData("Service namespace", "shop-1", true)]
    [InlineData("Service namespace", "Shop", false)]
    [InlineData("Deadline", "600", true)]
    [InlineData("Deadline", "-1", false)]
    [InlineData("Recreate", "true", true)]
    [InlineData("Recreate", "maybe", false)]
    [InlineData("Update policy", "automatic", true)]
    [InlineData("Update policy", "sometimes", false)]
    [InlineData("values.a\\.b.c[0][1].d", "x", true)]
    [InlineData("values.", "x", false)]
    [InlineData("values.a..b", "x", false)]
    [InlineData("values.a[x]", "x", false)]
    [InlineData("values.a[0", "x", false)]
    [InlineData("values.[0]", "x", false)]
    public void Well_known_texts_must_have_their_shape(string name, string text, bool admitted) => (Document(name, text) is null).ShouldBe(admitted);

    [Fact]
    public void The_well_known_names_can_be_others()
    {
        options.Names.Version = "version";
        Document("version", "newest").ShouldNotBeNull();
        Document("Service artifact version", "newest").ShouldBeNull();
    }

    [Theory]
    [InlineData("Launched", null, true)]
    [InlineData("active", null, true)]
    [InlineData("In design", null, false)]
    [InlineData("Retired", null, false)]
    [InlineData("Active", "2026-01-01T00:00:00Z", false)]
    [InlineData("Active", "2027-01-01T00:00:00Z", true)]
    public void Only_active_and_launched_specifications_can_be_ordered_while_they_are_valid(string status, string? end, bool orderable)
    {
        var specification = new JsonObject { ["name"] = "web", ["lifecycleStatus"] = status, ["validFor"] = new JsonObject { ["endDateTime"] = end } };
        (SpecificationRules.From(specification).WhyNotOrderable(Now) is null).ShouldBe(orderable);
    }

    [Fact]
    public void The_published_example_with_every_kind_of_characteristic_is_understood()
    {
        var rules = SpecificationRules.From(Shared.Json("tmf", "examples", "spec-01-all-characteristics.request.json"));
        var outcome = Engine().Check(rules, []);
        outcome.IsAccepted.ShouldBeTrue(string.Join("; ", outcome.Violations));
        var order = Shared.Json("tmf", "examples", "order-01-add.request.json");
        var wanted = WantedCharacteristic.ReadAll(order["serviceOrderItem"]![0]!["service"]!["serviceCharacteristic"]);
        Engine().Check(rules, wanted).ShouldSatisfyAllConditions(
            ordered => ordered.Violations.ShouldBeEmpty(),
            ordered => ordered.Accepted.Single(one => one.Name == "values.size").Text.ShouldBe("small"));
    }

    private const string Replicas =
        """{"name":"values.replicas","valueType":"INTEGER","minCardinality":1,"maxCardinality":1,"characteristicValueSpecification":[{"isDefault":true,"value":1,"valueFrom":1,"valueTo":10}]}""";

    private string? Document(string name, string text)
    {
        var value = text.StartsWith("base64:", StringComparison.Ordinal) ? Convert.ToBase64String(Encoding.UTF8.GetBytes(text[7..])) : text;
        var rule = new JsonObject { ["name"] = name, ["valueType"] = "LONGTEXT" };
        return Check([rule.ToJsonString()], [(name, JsonValue.Create(value).ToJsonString())]).Violations.SingleOrDefault()?.Reason;
    }

    private string Refusal(string rule, params (string, string)[] wanted) => Check([rule], wanted).Violations.ShouldHaveSingleItem().ToString();

    private RuleOutcome Check(string rule, params (string, string)[] wanted) => Check([rule], wanted);

    private RuleOutcome Check(string[] rules, (string, string)[] wanted, (string, string)[]? running = null, bool lenient = false)
    {
        var specification = new JsonObject { ["name"] = "web", ["specCharacteristic"] = new JsonArray([.. rules.Select(rule => JsonNode.Parse(rule))]) };
        return Engine().Check(SpecificationRules.From(specification), Wanted(wanted), running is null ? null : Wanted(running), lenient);
    }

    private RuleEngine Engine() => new(options, new Clock());

    private static List<WantedCharacteristic> Wanted((string Name, string Value)[] pairs) =>
        [.. pairs.GroupBy(pair => pair.Name).Select(same => new WantedCharacteristic(same.Key, JsonNode.Parse(same.Last().Value)))];

    private sealed class Clock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => Now;
    }
}
