using System.Data.Common;

namespace NaaS.Messaging.Storage;

/// <summary>
/// PostgreSQL parses and plans the statements that come again and again once for each connection. Poolers that hand a connection to another client
/// after each transaction (PgBouncer) may not know prepared statements; who uses such a one sets <c>Max Auto Prepare=0</c>.
/// </summary>
internal static class PreparedStatements
{
    // More than the different statements of API or worker; those of unusual filters push each other out.
    private const int Most = 100;

    /// <summary>The connection string with statements prepared, unless it says something about that itself.</summary>
    public static string In(string connectionString)
    {
        var given = new DbConnectionStringBuilder { ConnectionString = connectionString };
        return given.Keys.OfType<string>().Any(key => key.Replace(" ", "", StringComparison.Ordinal).Equals("MaxAutoPrepare", StringComparison.OrdinalIgnoreCase))
            ? connectionString
            : $"{connectionString.TrimEnd(';', ' ')};Max Auto Prepare={Most}";
    }
}
