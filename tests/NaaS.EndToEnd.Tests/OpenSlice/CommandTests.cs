using System.Text.Json.Nodes;
using NaaS.OpenSlice.Osom;

namespace NaaS.EndToEnd.Tests.OpenSlice;

/// <summary>The commands that an operator runs, as processes against a running <c>naas serve</c>.</summary>
public sealed class CommandTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact(Timeout = 120_000)]
    public async Task The_check_prints_34_lines_and_ends_well_where_the_catalogue_can_be_imported_and_badly_where_the_password_is_wrong()
    {
        await using var tokens = await TokenServer.StartAsync(Token);
        await using var naas = await Serve.StartAsync(tokens, Token);
        await naas.PublishAsync(OsomStory.Launched());
        var access = tokens.Access(new Uri(naas.Api, "/openslice"));

        var (code, output) = await CheckAsync(access, access.Password);
        code.ShouldBe(0, output);
        output.ShouldContain("15 hold, 19 not run");
        Enumerable.Range(1, 34).ShouldAllBe(number => output.Contains($"{number:D2}"));
        output.ShouldNotContain(access.Password);

        (await CheckAsync(access, "wrong")).Code.ShouldBe(1);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_specification_made_from_a_chart_is_taken_by_the_catalogue_and_has_typed_knobs_in_OpenSlices_form()
    {
        await using var tokens = await TokenServer.StartAsync(Token);
        await using var naas = await Serve.StartAsync(tokens, Token);
        await using var command = Executable.Start(
            "NaaS.Standalone", "naas", ["spec", "from-chart", "cms-ocm", "--repo", naas.Charts.ToString(), "--version", "0.0.1", "--only", "phpmyadmin"]);
        await command.WaitForExitAsync(Token);
        command.ExitCode.ShouldBe(0, command.Output);
        var written = JsonNode.Parse(command.Output)!.AsObject();
        written["lifecycleStatus"] = "Active";

        var id = await naas.PublishAsync(written);

        using var client = new OsomClient(tokens.Access(new Uri(naas.Api, "/openslice")), TimeProvider.System);
        var imported = await client.SpecificationAsync(id, Token);
        var knob = imported["serviceSpecCharacteristic"]!.AsArray().Single(one => (string?)one!["name"] == "values.phpmyadmin.replicaCount")!;
        knob["valueType"]!.ToString().ShouldBe("INTEGER");
        knob["serviceSpecCharacteristicValue"]![0]!["value"]!["value"]!.ToString().ShouldBe("1");
        imported["serviceSpecCharacteristic"]!.AsArray().Select(one => one!["name"]!.ToString())
            .ShouldBe(written["specCharacteristic"]!.AsArray().Select(one => one!["name"]!.ToString()), "the order is the chart's");
    }

    private static async Task<(int Code, string Output)> CheckAsync(PartnerAccess access, string password)
    {
        string[] arguments =
        [
            "openslice", "check", "--url", access.BaseUrl.ToString(), "--token-uri", access.TokenUri.ToString(), "--client-id", access.ClientId,
            "--username", access.Username, "--scope", "naas.order",
        ];
        await using var command = Executable.Start("NaaS.Standalone", "naas", arguments, new Dictionary<string, string>
        {
            ["NAAS_PARTNER_CLIENT_SECRET"] = access.ClientSecret,
            ["NAAS_PARTNER_PASSWORD"] = password,
        });
        await command.WaitForExitAsync(Token);
        return (command.ExitCode, command.Output);
    }
}
