using System.Reflection;
using NetArchTest.Rules;

namespace NaaS.Standalone.Tests;

/// <summary>Dependencies point one way: hosts, features, kits, contracts.</summary>
public sealed class ArchitectureTests
{
    private static readonly string[] Contracts = ["NaaS.Contracts", "NaaS.Tmf"];
    private static readonly string[] Kits = ["NaaS.TmfRest", "NaaS.Messaging", "NaaS.Helm", "NaaS.ClusterHub"];
    private static readonly string[] Features = ["NaaS.Catalog", "NaaS.Ordering", "NaaS.Inventory", "NaaS.Fulfilment", "NaaS.OpenSlice"];
    private static readonly string[] Hosts = ["NaaS.Api", "NaaS.Worker", "NaaS.Sandbox", "naas"];

    public static TheoryData<string, string[]> Arrows()
    {
        var arrows = new TheoryData<string, string[]>();
        foreach (var contract in Contracts)
        {
            arrows.Add(contract, [.. Kits, .. Features, .. Hosts, .. Contracts.Except([contract])]);
        }

        arrows.Add("NaaS.TmfRest", [.. Features, .. Hosts, "NaaS.Helm", "NaaS.ClusterHub"]);
        arrows.Add("NaaS.Messaging", [.. Features, .. Hosts, "NaaS.Tmf", "NaaS.TmfRest", "NaaS.Helm", "NaaS.ClusterHub", "Microsoft.AspNetCore"]);
        arrows.Add("NaaS.Helm", [.. Features, .. Hosts, .. Contracts, "NaaS.TmfRest", "NaaS.Messaging", "NaaS.ClusterHub", "Microsoft.AspNetCore"]);
        arrows.Add("NaaS.ClusterHub", [.. Features, .. Hosts, "NaaS.Tmf", "NaaS.TmfRest", "NaaS.Messaging", "NaaS.Helm", "Microsoft.AspNetCore"]);
        arrows.Add("NaaS.Sandbox", [.. Features, .. Kits, .. Contracts, "NaaS.Api", "NaaS.Worker"]);
        foreach (var feature in Features)
        {
            arrows.Add(feature, [.. Hosts, .. Features.Except([feature])]);
        }

        return arrows;
    }

    [Theory, MemberData(nameof(Arrows))]
    public void A_project_knows_only_what_lies_below_it(string project, string[] forbidden)
    {
        var referenced = Assembly.Load(project).GetReferencedAssemblies().Select(assembly => assembly.Name!).ToList();

        referenced.Where(name => forbidden.Any(one => name == one || name.StartsWith(one + ".", StringComparison.Ordinal))).ShouldBeEmpty();
    }

    [Fact]
    public void The_worker_knows_no_tmf_resources() =>
        Assembly.Load("NaaS.Fulfilment").GetReferencedAssemblies().ShouldNotContain(assembly => assembly.Name == "NaaS.Tmf" || assembly.Name == "NaaS.TmfRest");

    [Fact]
    public void Only_the_relay_publishes()
    {
        var publishers = Types.InAssemblies([.. Kits.Concat(Features).Concat(["NaaS.Api", "NaaS.Worker", "naas"]).Select(Assembly.Load)])
            .That().HaveDependencyOnAny("MassTransit.IBus", "MassTransit.IPublishEndpoint", "MassTransit.ISendEndpointProvider")
            .GetTypes()
            .Select(type => type.DeclaringType?.Name ?? type.Name);

        publishers.Distinct().ShouldBe(["OutboxRelay`1"]);
    }
}
