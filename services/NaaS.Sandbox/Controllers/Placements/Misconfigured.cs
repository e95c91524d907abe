namespace NaaS.Sandbox.Controllers.Placements;

/// <summary>A Placement that cannot be evaluated; the message is the condition's, <c>Plugin:text</c>.</summary>
internal sealed class MisconfiguredException(string plugin, string problem) : Exception($"{plugin}:{problem}");
