namespace NaaS.Messaging.Sealing;

/// <summary>Section <c>Encryption</c>: keys from outside (a Secret, a vault), under which values and secrets are stored.</summary>
public sealed class SealingOptions
{
    /// <summary>
    /// Keys as <c>id:base64 of 32 bytes</c>. The first encrypts; the others still read what they wrote, so a key is rotated by putting a new one in
    /// front. Without any, nothing is encrypted.
    /// </summary>
    public IList<string> Keys { get; } = [];
}
