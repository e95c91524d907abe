using System.Diagnostics;

namespace NaaS.Standalone.Tests.Template;

/// <summary>The <c>naas</c> program itself: words reach the command as they were typed, bytes come out as they were made.</summary>
public sealed class NaasProcessTests(SampleCharts charts) : IClassFixture<SampleCharts>
{
    [Theory]
    [InlineData("app @/bytes")]
    [InlineData("app @/web --set=name=a:b --set-string list=-1 -n=demo")]
    [InlineData("--include-crds=false app -- @/web")]
    [InlineData("app @/web -f @/no-such.yaml")]
    public async Task The_program_answers_as_the_command_does(string words)
    {
        var commandLine = words.Split(' ').Select(word => word.Replace("@", charts.Folder, StringComparison.Ordinal)).ToArray();
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "naas"), ["template", .. commandLine])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var naas = Process.Start(start)!;
        using var output = new MemoryStream();
        var error = naas.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await naas.StandardOutput.BaseStream.CopyToAsync(output, TestContext.Current.CancellationToken);
        await naas.WaitForExitAsync(TestContext.Current.CancellationToken);

        var expected = await OwnTemplate.RunAsync(commandLine);
        naas.ExitCode.ShouldBe(expected.ExitCode);
        output.ToArray().ShouldBe(expected.Output);
        (await error).ShouldBe(expected.Error);
    }
}
