namespace NaaS.Messaging.Storage;

/// <summary>Section <c>Database</c> of the configuration.</summary>
public sealed class DatabaseOptions
{
    /// <summary>Whether a host brings its tables up to date when it starts. Otherwise it starts only where they are; <c>naas migrate</c> sees to that.</summary>
    public bool MigrateAtStart { get; set; } = true;
}
