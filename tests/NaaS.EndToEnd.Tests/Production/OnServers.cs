namespace NaaS.EndToEnd.Tests.Production;

/// <summary>Installations share the queues of one broker, so one runs at a time.</summary>
[CollectionDefinition(Name)]
public sealed class OnServers
{
    public const string Name = "on servers";
}
