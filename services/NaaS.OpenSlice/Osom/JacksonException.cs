namespace NaaS.OpenSlice.Osom;

/// <summary>OpenSlice could not read a reply, or would stumble over it.</summary>
/// <param name="rule">What kind of rule the reply breaks.</param>
/// <param name="message">Where and why.</param>
public sealed class JacksonException(JacksonRule rule, string message) : Exception(message)
{
    /// <summary>What kind of rule the reply breaks.</summary>
    public JacksonRule Rule => rule;
}
