namespace NaaS.Helm.Templates;

/// <summary>A template does not parse; the message is Go's, beginning with <c>template: NAME:LINE:</c>. A byte string.</summary>
internal sealed class ParseException(string message) : Exception(message);

/// <summary>A template fails while it runs; the message is Go's, beginning with <c>template: NAME:LINE:COLUMN:</c>. A byte string.</summary>
/// <param name="location">Where it fails: <c>FILE:LINE:COLUMN</c>.</param>
/// <param name="executing">What it was doing: <c>executing "NAME" at &lt;CODE&gt;</c>.</param>
/// <param name="error">What is wrong there.</param>
/// <param name="inner">The error of the function that was called there, if that is it.</param>
internal sealed class ExecException(string location, string executing, string error, Exception? inner = null)
    : Exception(executing.Length > 0 ? $"template: {location}: {executing}: {error}" : $"template: {location}: {error}", inner)
{
    public string Location { get; } = location;

    public string Executing { get; } = executing;

    public string Error { get; } = error;
}

/// <summary>A function of a template fails; the message is the one that Go prints after <c>error calling NAME:</c>. A byte string.</summary>
internal sealed class FunctionException(string message) : Exception(message)
{
    /// <summary>Whether the message is one of text/template's own, which Helm knows how to lay out.</summary>
    public bool IsTemplateError { get; init; }
}

/// <summary>A bound on rendering is crossed. Never caught by templates.</summary>
internal sealed class LimitException(string message) : HelmException(message);
