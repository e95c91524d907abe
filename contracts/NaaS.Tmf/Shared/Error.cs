namespace NaaS.Tmf.Shared;

/// <summary>The body of every 4xx and 5xx answer (TMF630 part 1, 3.4). All attributes are text.</summary>
public sealed class Error : Extensible
{
    /// <summary>Application relevant detail, such as 24 for an invalid body field.</summary>
    public string? Code { get; set; }

    /// <summary>Explanation of the code, which can be shown to a user.</summary>
    public string? Reason { get; set; }

    /// <summary>What was wrong in this request, naming the attribute.</summary>
    public string? Message { get; set; }

    /// <summary>The HTTP status.</summary>
    public string? Status { get; set; }

    /// <summary>Address of documentation of the error.</summary>
    public string? ReferenceError { get; set; }
}
