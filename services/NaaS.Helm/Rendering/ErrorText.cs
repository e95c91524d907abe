using NaaS.Helm.Go;
using NaaS.Helm.Templates;

namespace NaaS.Helm.Rendering;

/// <summary>Errors of templates as Helm 4 words and lays them out.</summary>
internal static class ErrorText
{
    /// <summary>Stands before the message of <c>fail</c> and <c>required</c>.</summary>
    public const string WarnStart = "HELM_ERR_START";

    /// <summary>Stands behind it.</summary>
    public const string WarnEnd = "HELM_ERR_END";

    /// <summary>Error of a file that does not parse: Helm keeps the place and the last part of Go's text.</summary>
    public static HelmException OfParse(ParseException error)
    {
        string[] tokens = error.Message.Split(": ");
        return new HelmException(GoString.ToText($"parse error at ({tokens[1]}): {tokens[^1]}"));
    }

    /// <summary>Error of a file that fails: the message of <c>fail</c> alone, else one paragraph a template where all of the chain is template errors.</summary>
    public static HelmException OfExec(ExecException error)
    {
        string rest = error.Message[("template: ".Length + error.Location.Length + 2)..];
        int start = rest.IndexOf(WarnStart, StringComparison.Ordinal);
        int end = rest.LastIndexOf(WarnEnd, StringComparison.Ordinal);
        if (start >= 0 && end >= start + WarnStart.Length)
        {
            return new HelmException(GoString.ToText($"execution error at ({error.Location}): {rest[(start + WarnStart.Length)..end]}"));
        }
        var paragraphs = new List<string>();
        for (Exception? current = error; current is not null; current = current.InnerException)
        {
            if (current is ExecException exec)
            {
                string message = exec.InnerException is null ? exec.Error : exec.Error[..^exec.InnerException.Message.Length].TrimEnd(' ');
                paragraphs.Add($"{exec.Location}\n  {exec.Executing}:\n    {message}");
            }
            else if (current is FunctionException { IsTemplateError: true })
            {
                paragraphs.Add(current.Message);
            }
            else
            {
                return new HelmException(GoString.ToText(error.Message));
            }
        }
        return new HelmException(GoString.ToText(GoUnicode.TrimSpace(string.Join('\n', paragraphs))));
    }
}
