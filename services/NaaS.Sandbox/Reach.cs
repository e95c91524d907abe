namespace NaaS.Sandbox;

/// <summary>Whether a pod reaches something, and why (not).</summary>
/// <param name="Allowed">Whether a connection would be made and answered.</param>
/// <param name="Why">In plain words, e.g. <c>network policy default/database does not admit default/attacker</c>.</param>
public sealed record Reach(bool Allowed, string Why);
