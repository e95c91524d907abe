namespace NaaS.OpenSlice.Osom;

/// <summary>One request that was made, and how it was answered.</summary>
/// <param name="Method">HTTP method.</param>
/// <param name="Url">Its address.</param>
/// <param name="Status">Status; 0 where no answer came.</param>
/// <param name="ContentType">Media type of the answer.</param>
/// <param name="Took">Time until the answer had come.</param>
public sealed record Exchange(string Method, Uri Url, int Status, string? ContentType, TimeSpan Took)
{
    /// <summary>A read of a resource or a list.</summary>
    public bool IsGet => Method == "GET";

    /// <summary>Answered with 2xx.</summary>
    public bool IsGood => Status is >= 200 and < 300;

    /// <inheritdoc />
    public override string ToString() => $"{Method} {Url.PathAndQuery} answered {Status} in {Took.TotalMilliseconds:F0} ms";
}
