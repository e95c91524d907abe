namespace NaaS.OpenSlice.Osom;

/// <summary>OpenSlice could not read a reply, or would stumble over it.</summary>
/// <param name="message">Where and why.</param>
public sealed class JacksonException(string message) : Exception(message);
