namespace NaaS.Helm.Releases;

/// <summary>What random and time functions are derived from, so that a second render of the same release gives the same text.</summary>
/// <param name="Value">Any text that is stable for the release, such as the service's id.</param>
/// <param name="Now">What <c>now</c> answers.</param>
public sealed record RandomSeed(string Value, DateTimeOffset Now);
