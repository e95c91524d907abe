namespace NaaS.TmfRest.Errors;

/// <summary>An expected error: becomes the TMF Error body with this status (facts: TMF630 part 1, 3.4).</summary>
/// <param name="status">HTTP status.</param>
/// <param name="code">TM Forum's code, such as 24, or a word of ours where TM Forum has none.</param>
/// <param name="reason">What the code means.</param>
/// <param name="message">What was wrong in this request, naming the attribute.</param>
public abstract class TmfException(int status, string code, string reason, string message) : Exception(message)
{
    /// <summary>HTTP status.</summary>
    public int Status { get; } = status;

    /// <summary>TM Forum's code, or a word of ours.</summary>
    public string Code { get; } = code;

    /// <summary>What the code means.</summary>
    public string Reason { get; } = reason;
}
