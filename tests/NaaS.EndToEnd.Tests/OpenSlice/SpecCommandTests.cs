using System.Text.Json.Nodes;
using NaaS.OpenSlice.Osom;

namespace NaaS.EndToEnd.Tests.OpenSlice;

/// <summary><c>naas spec from-chart</c>, and what OpenSlice makes of its specification.</summary>
public sealed class SpecCommandTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact(Timeout = 120_000)]
    public async Task A_specification_made_from_a_chart_is_taken_by_the_catalogue_and_has_typed_knobs_in_OpenSlices_form()
    {
        await using var naas = await Serve.StartAsync();
        await using var command = Executable.Start(
            "NaaS.Standalone", "naas", ["spec", "from-chart", "cms-ocm", "--repo", naas.Charts.ToString(), "--version", "0.0.1", "--only", "phpmyadmin"]);
        await command.WaitForExitAsync(Token);
        command.ExitCode.ShouldBe(0, command.Output);
        var written = JsonNode.Parse(command.Output)!.AsObject();
        written["lifecycleStatus"] = "Active";

        var id = await naas.PublishAsync(written);

        using var client = new OsomClient(naas.OpenSlice, TimeProvider.System);
        var imported = await client.SpecificationAsync(id, Token);
        var knob = imported["serviceSpecCharacteristic"]!.AsArray().Single(one => (string?)one!["name"] == "values.phpmyadmin.replicaCount")!;
        knob["valueType"]!.ToString().ShouldBe("INTEGER");
        knob["serviceSpecCharacteristicValue"]![0]!["value"]!["value"]!.ToString().ShouldBe("1");
        imported["serviceSpecCharacteristic"]!.AsArray().Select(one => one!["name"]!.ToString())
            .ShouldBe(written["specCharacteristic"]!.AsArray().Select(one => one!["name"]!.ToString()), "the order is the chart's");
    }
}
