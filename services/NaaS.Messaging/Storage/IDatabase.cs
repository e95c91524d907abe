namespace NaaS.Messaging.Storage;

/// <summary>A database of this host, as those see it who look after its tables rather than its rows.</summary>
public interface IDatabase
{
    /// <summary>Its name under <c>ConnectionStrings</c>.</summary>
    string Name { get; }

    /// <summary>Creates it and brings its tables up to date. Any number of processes may do so at once. Returns the migrations that were applied here.</summary>
    Task<IReadOnlyList<string>> MigrateAsync(CancellationToken cancellationToken);

    /// <summary>Migrations that are still to be applied.</summary>
    Task<IReadOnlyList<string>> PendingAsync(CancellationToken cancellationToken);
}
