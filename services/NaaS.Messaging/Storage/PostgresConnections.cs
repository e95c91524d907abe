using System.Data.Common;

namespace NaaS.Messaging.Storage;

/// <summary>
/// How we use PostgreSQL's connections unless the connection string says otherwise. Statements that come again and again are parsed and planned once
/// for each connection; poolers that hand a connection to another client after each transaction (PgBouncer) may not know prepared statements, and who
/// uses such a one sets <c>Max Auto Prepare=0</c>. Connections go back to the pool as they are, since we leave nothing in a session that outlives its
/// transaction: six statements less for each use.
/// </summary>
internal static class PostgresConnections
{
    // More than the different statements of API or worker; those of unusual filters push each other out.
    private const int Most = 100;

    /// <summary>The connection string with what it leaves open.</summary>
    public static string Complete(string connectionString)
    {
        var given = new DbConnectionStringBuilder { ConnectionString = connectionString }.Keys.OfType<string>()
            .Select(key => key.Replace(" ", "", StringComparison.Ordinal)).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var left = new[] { ("Max Auto Prepare", $"{Most}"), ("No Reset On Close", "true") }
            .Where(setting => !given.Contains(setting.Item1.Replace(" ", "", StringComparison.Ordinal)));
        return string.Join(';', left.Select(setting => $"{setting.Item1}={setting.Item2}").Prepend(connectionString.TrimEnd(';', ' ')));
    }
}
