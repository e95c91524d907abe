using System.Text;
using NaaS.Fulfilment.Bundle;

namespace NaaS.Fulfilment.Tests.Bundle;

public class LinkFinderTests
{
    private const string Callee = """
        {apiVersion: apps/v1, kind: Deployment, metadata: {name: db, namespace: ns}, spec: {template: {metadata: {labels: {app: db}}}}}
        ---
        {apiVersion: v1, kind: Service, metadata: {name: db, namespace: ns}, spec: {selector: {app: db}}}
        ---
        {apiVersion: v1, kind: Service, metadata: {name: db, namespace: other}, spec: {selector: {app: db}}}

        """;

    private static IReadOnlyList<string> Links(string caller)
    {
        var bundle = Bundler.Bundle(Guid.Empty, Objects.Of(Callee + "---\n" + caller));
        var names = bundle.Components.ToDictionary(component => component.Id, component => component.Workload.Name);
        return [.. LinkFinder.Find(bundle).Select(link => $"{names[link.From]} -> {link.Service} -> {names[link.To]}")];
    }

    private static string Web(string container) =>
        $"{{apiVersion: apps/v1, kind: Deployment, metadata: {{name: web, namespace: ns}}, spec: {{template: {{metadata: {{labels: {{app: web}}}}, spec: {{containers: [{container}]}}}}}}}}";

    private static string WithVariable(string name, string value) => Web($"{{name: c, env: [{{name: {name}, value: '{value}'}}]}}");

    [Theory]
    [InlineData("DB_HOST", "db")]
    [InlineData("REDIS", "db")]
    [InlineData("SERVICE_NAME", "db")]
    [InlineData("ANY", "db:3306")]
    [InlineData("ANY", "http://db/path")]
    [InlineData("ANY", "postgres://user:secret@db:5432/name")]
    [InlineData("ANY", "db.ns")]
    [InlineData("ANY", "db.ns.svc")]
    [InlineData("ANY", "db.ns.svc.cluster.local:3306")]
    [InlineData("ANY", "db-0.db")]
    [InlineData("ANY", "db-0.db.ns.svc.cluster.local")]
    [InlineData("ANY", "$(POD_NAME).db.ns.svc.cluster.local")]
    [InlineData("BROKERS", "kafka-0:9092,db:9092")]
    public void A_variable_that_names_a_Service_is_a_call(string name, string value) => Links(WithVariable(name, value)).ShouldBe(["web -> Service/ns/db -> db"]);

    [Theory]
    [InlineData("DB_NAME", "db")]
    [InlineData("MYSQL_USER", "db")]
    [InlineData("ANY", "the db is fine")]
    [InlineData("ANY", "mydb:3306")]
    [InlineData("ANY", "db2:3306")]
    [InlineData("ANY", "/var/lib/db")]
    [InlineData("ANY", "db.other.svc")]
    [InlineData("ANY", "DB")]
    public void A_variable_that_only_looks_like_one_is_none(string name, string value) => Links(WithVariable(name, value)).ShouldBeEmpty();

    [Theory]
    [InlineData("--db-host=db")]
    [InlineData("--url=http://db:80")]
    [InlineData("--upstream, db")]
    [InlineData("while ! nc -z db:3306 && sleep 1")]
    public void Arguments_are_read(string arguments) =>
        Links(Web($"{{name: c, args: [{string.Join(", ", arguments.Split(", ").Select(argument => $"'{argument}'"))}]}}")).ShouldBe(["web -> Service/ns/db -> db"]);

    [Fact]
    public void An_argument_that_is_a_plain_word_is_no_call() => Links(Web("{name: c, command: [run, db]}")).ShouldBeEmpty();

    [Theory]
    [InlineData("server db;")]
    [InlineData("proxy_pass http://db;")]
    [InlineData("spring.datasource.host = db")]
    [InlineData("  host: \"db\"")]
    [InlineData("$cfg['Servers'][$i]['host'] = 'db';")]
    public void Mounted_configuration_is_read(string line)
    {
        var web = Web("{name: c, envFrom: [{configMapRef: {name: config}}]}");
        Links(web + $"\n---\napiVersion: v1\nkind: ConfigMap\nmetadata: {{name: config, namespace: ns}}\ndata:\n  file: |\n    first line\n    {line}\n").ShouldBe(
            ["web -> Service/ns/db -> db"]);
    }

    [Fact]
    public void Configuration_that_mentions_the_word_otherwise_or_is_not_mounted_makes_no_call()
    {
        var config = "\n---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: config, namespace: ns}\ndata: {file: \"about db\\nhost: db\\n\", name: db}\n";
        Links(Web("{name: c}") + config).ShouldBeEmpty();
        Links(Web("{name: c, envFrom: [{configMapRef: {name: config}}]}") + config.Replace("host: db", "database: db", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Fact]
    public void Secrets_are_read_too()
    {
        var secret = Convert.ToBase64String(Encoding.UTF8.GetBytes("mysql://u:p@db/x"));
        Links(Web("{name: c, envFrom: [{secretRef: {name: s}}]}") + $"\n---\n{{apiVersion: v1, kind: Secret, metadata: {{name: s, namespace: ns}}, data: {{url: {secret}, broken: '%%'}}}}")
            .ShouldBe(["web -> Service/ns/db -> db"]);
    }

    [Fact]
    public void A_call_to_ones_own_Service_is_no_link() =>
        Links("{apiVersion: apps/v1, kind: Deployment, metadata: {name: second, namespace: ns}, spec: {template: {metadata: {labels: {app: db}}, spec: {containers: [{name: c, env: [{name: H, value: db}]}]}}}}")
            .ShouldBeEmpty();

    [Fact]
    public void A_Service_before_several_workloads_links_to_each() => Links(
        WithVariable("H", "db") + "\n---\n{apiVersion: apps/v1, kind: StatefulSet, metadata: {name: replica, namespace: ns}, spec: {template: {metadata: {labels: {app: db}}}}}")
        .ShouldBe(["web -> Service/ns/db -> db", "web -> Service/ns/db -> replica"]);
}
