namespace NaaS.Sandbox.Controllers.Runtime;

/// <summary>An object (or what a controller takes for one) that a controller is to look at.</summary>
internal readonly record struct WorkItem(Controller Controller, string Namespace, string Name);
