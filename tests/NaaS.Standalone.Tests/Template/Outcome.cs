using System.Text;

namespace NaaS.Standalone.Tests.Template;

/// <summary>How a command ended.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Output">Its standard output.</param>
/// <param name="Error">Its standard error.</param>
internal sealed record Outcome(int ExitCode, byte[] Output, string Error)
{
    /// <summary>The output with one char a byte, so that a difference of one byte is one of the text.</summary>
    public string OutputText => Encoding.Latin1.GetString(Output);

    /// <summary>The error alone, without the log lines before it; the command's own name is taken out.</summary>
    public string ErrorText => string.Join('\n', Error.Split('\n').Where(line => !line.StartsWith("level=", StringComparison.Ordinal)))
        .Replace("naas template", "helm template", StringComparison.Ordinal);
}
