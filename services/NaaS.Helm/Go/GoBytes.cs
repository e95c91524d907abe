namespace NaaS.Helm.Go;

/// <summary>Go's <c>[]byte</c>: prints as a list of numbers, is base64 in JSON and YAML.</summary>
/// <param name="Content">The bytes, as a byte string.</param>
public sealed record GoBytes(string Content)
{
    /// <summary>Whether this is Go's nil slice, which is <c>null</c> in JSON and YAML.</summary>
    public bool IsNil { get; init; }

    /// <summary>Base64 of the bytes, as encoding/json writes them.</summary>
    public string Base64 => Convert.ToBase64String(GoString.ToBytes(Content));
}
