using NaaS.Standalone.Template;

namespace NaaS.Standalone.Tests.Template;

/// <summary>Our <c>template</c> command.</summary>
internal static class OwnTemplate
{
    public static async Task<Outcome> RunAsync(params IEnumerable<string> commandLine)
    {
        using var output = new MemoryStream();
        await using var error = new StringWriter();
        var code = await TemplateCommand.RunAsync([.. commandLine], output, error, TestContext.Current.CancellationToken);
        return new Outcome(code, output.ToArray(), error.ToString());
    }
}
