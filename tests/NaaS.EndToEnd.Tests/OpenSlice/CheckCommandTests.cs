using NaaS.OpenSlice.Osom;
using NaaS.Standalone.Demo;

namespace NaaS.EndToEnd.Tests.OpenSlice;

/// <summary><c>naas openslice check</c>, run as an operator runs it, against a running <c>naas serve</c>.</summary>
public sealed class CheckCommandTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact(Timeout = 180_000)]
    public async Task Without_an_order_it_prints_34_lines_and_ends_with_0_where_the_catalogue_can_be_imported()
    {
        await using var naas = await Serve.StartAsync();
        await naas.PublishAsync(CmsService.Specification());

        var (code, output) = await CheckAsync(naas.OpenSlice);

        code.ShouldBe(0, output);
        output.ShouldContain("15 hold, 19 not run");
        Enumerable.Range(1, 34).ShouldAllBe(number => output.Contains($"\n{number:D2} ") || output.StartsWith($"{number:D2} "));
        output.ShouldContain("14 not run  An order is taken as OpenSlice writes it: needs a specification to order");
        output.ShouldNotContain(naas.OpenSlice.Password);
        output.ShouldNotContain(naas.OpenSlice.ClientSecret);
    }

    [Fact(Timeout = 240_000)]
    public async Task With_an_order_all_34_checks_hold()
    {
        await using var naas = await Serve.StartAsync();
        var specification = await naas.PublishAsync(CmsService.Specification());
        var set = CmsService.Order(naas.Charts).SelectMany(one => new[] { "--set", $"{one.Key}={one.Value}" });

        var (code, output) = await CheckAsync(naas.OpenSlice, ["--order", specification, "--change", $"{CmsService.Replicas}=3", .. set]);

        TestContext.Current.TestOutputHelper?.WriteLine(output);
        code.ShouldBe(0, output);
        output.ShouldContain("34 hold");
        output.ShouldContain($"{CmsService.Replicas} shows 3 after");
    }

    [Fact(Timeout = 120_000)]
    public async Task A_wrong_password_and_an_address_where_nobody_is_end_with_1_and_say_so()
    {
        await using var naas = await Serve.StartAsync();

        var (code, output) = await CheckAsync(naas.OpenSlice with { Password = "wrong" });
        code.ShouldBe(1, output);
        output.ShouldContain($"01 fails    Password grant with Basic client authentication gives a bearer token: {naas.OpenSlice.TokenUri} answered 400 to a password grant");
        output.ShouldContain("1 fail, 33 not run");

        (code, output) = await CheckAsync(naas.OpenSlice with { BaseUrl = new Uri("http://127.0.0.1:1/openslice"), TokenUri = new Uri("http://127.0.0.1:1/token") });
        code.ShouldBe(1, output);
        output.ShouldContain("Connection refused (127.0.0.1:1)");
        output.ShouldNotContain("   at NaaS");
    }

    [Fact(Timeout = 60_000)]
    public async Task What_is_missing_is_named_before_anything_is_asked()
    {
        await using var command = Executable.Start("NaaS.Standalone", "naas", ["openslice", "check", "--url", "http://127.0.0.1:1"]);
        await command.WaitForExitAsync(Token);

        command.ExitCode.ShouldBe(1, command.Output);
        command.Output.ShouldContain("Option '--token-uri' is required.");
    }

    private static async Task<(int Code, string Output)> CheckAsync(PartnerAccess access, params string[] more)
    {
        string[] arguments =
        [
            "openslice", "check", "--url", access.BaseUrl.ToString(), "--token-uri", access.TokenUri.ToString(), "--client-id", access.ClientId,
            "--username", access.Username, "--scope", "naas.order", .. more,
        ];
        await using var command = Executable.Start("NaaS.Standalone", "naas", arguments, new Dictionary<string, string>
        {
            ["NAAS_PARTNER_CLIENT_SECRET"] = access.ClientSecret,
            ["NAAS_PARTNER_PASSWORD"] = access.Password,
        });
        await command.WaitForExitAsync(Token);
        return (command.ExitCode, command.Output);
    }
}
