using System.Text.Json;
using System.Threading.Channels;
using Microsoft.Data.Sqlite;
using NaaS.Sandbox.Store;

namespace NaaS.Sandbox.Persistence;

/// <summary>
/// The objects of all servers in one SQLite file (<c>hub.db</c>). Changes are written behind, in the order they happened, in batches that
/// grow with the load; <see cref="KeptAsync"/> waits for them. A killed process finds the last batch whole, and resourceVersions never
/// return: each server has versions reserved ahead of what is written.
/// </summary>
internal sealed class HubFile : IAsyncDisposable
{
    private const long Reserve = 100_000;
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(1);

    private readonly SqliteConnection _connection;
    private readonly FileStream _ours;
    private readonly Channel<Entry> _queue = Channel.CreateUnbounded<Entry>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Dictionary<string, long> _reserved = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ObjectStore> _stores = new(StringComparer.Ordinal);
    private readonly Task _writing;

    private HubFile(SqliteConnection connection, FileStream ours)
    {
        _connection = connection;
        _ours = ours;
        _writing = Task.Run(WriteAsync);
    }

    /// <summary>Opens the file in a folder, which is made where missing; it belongs to this process alone until disposed of.</summary>
    public static HubFile Open(string folder)
    {
        Directory.CreateDirectory(folder);
        var ours = Lock(folder);
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = Path.Combine(folder, "hub.db"), Pooling = false }.ToString());
        try
        {
            connection.Open();
            Execute(connection, """
                PRAGMA journal_mode = WAL;
                PRAGMA synchronous = NORMAL;
                CREATE TABLE IF NOT EXISTS object(server TEXT, kind TEXT, namespace TEXT, name TEXT, json BLOB NOT NULL,
                    PRIMARY KEY(server, kind, namespace, name)) WITHOUT ROWID;
                CREATE TABLE IF NOT EXISTS reserved(server TEXT PRIMARY KEY, version INTEGER NOT NULL);
                CREATE TABLE IF NOT EXISTS cluster(name TEXT PRIMARY KEY, json TEXT NOT NULL);
                """);
            return new HubFile(connection, ours);
        }
        catch
        {
            connection.Dispose();
            ours.Dispose();
            throw;
        }
    }

    /// <summary>A file that the operating system lets go when the process ends, however it ends.</summary>
    private static FileStream Lock(string folder)
    {
        try
        {
            return new FileStream(Path.Combine(folder, "hub.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException inUse)
        {
            throw new IOException($"{folder} is in use by another sandbox", inUse);
        }
    }

    /// <summary>The clusters that were added before.</summary>
    public IReadOnlyList<SandboxCluster> Clusters()
    {
        var clusters = new List<SandboxCluster>();
        lock (_connection)
        {
            using var command = _connection.CreateCommand();
            command.CommandText = "SELECT json FROM cluster ORDER BY name";
            using var reader = command.ExecuteReader();
            while (reader.Read())
            {
                clusters.Add(JsonSerializer.Deserialize<SandboxCluster>(reader.GetString(0))!);
            }
        }
        return clusters;
    }

    /// <summary>Remembers a cluster.</summary>
    public void Add(SandboxCluster cluster)
    {
        lock (_connection)
        {
            using var command = _connection.CreateCommand();
            command.CommandText = "INSERT INTO cluster VALUES ($name, $json) ON CONFLICT(name) DO UPDATE SET json = excluded.json";
            command.Parameters.AddWithValue("$name", cluster.Name);
            command.Parameters.AddWithValue("$json", JsonSerializer.Serialize(cluster));
            command.ExecuteNonQuery();
        }
    }

    /// <summary>Gives a store what the file holds of it, and writes down what changes from now on.</summary>
    public void Attach(ObjectStore store)
    {
        lock (_connection)
        {
            store.Restore(Objects(store.Name), Version(store.Name));
            _stores[store.Name] = store;
        }
        store.Changed += happened =>
        {
            var item = happened.Object!;
            _queue.Writer.TryWrite(new Entry(
                new Key(store.Name, item.Type.GroupResource, item.Namespace, item.Name),
                happened.Type == WatchEventType.Deleted ? null : item, item.ResourceVersion, null));
        };
    }

    /// <summary>Comes back when everything that was changed so far is in the file.</summary>
    public Task KeptAsync(CancellationToken cancellationToken)
    {
        var kept = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        return _queue.Writer.TryWrite(new Entry(default, null, 0, kept)) ? kept.Task.WaitAsync(cancellationToken) : Task.CompletedTask;
    }

    /// <summary>Writes what is left and closes the file.</summary>
    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await _writing;
        lock (_connection)
        {
            using var transaction = _connection.BeginTransaction();
            foreach (var (name, store) in _stores)
            {
                SetReserved(name, store.ResourceVersion, transaction);
            }
            transaction.Commit();
        }
        await _connection.DisposeAsync();
        await _ours.DisposeAsync();
    }

    private IEnumerable<byte[]> Objects(string server)
    {
        // Definitions come first: they tell the kinds of what follows.
        using var command = _connection.CreateCommand();
        command.CommandText = "SELECT json FROM object WHERE server = $server ORDER BY kind <> 'customresourcedefinitions.apiextensions.k8s.io', kind";
        command.Parameters.AddWithValue("$server", server);
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            yield return reader.GetFieldValue<byte[]>(0);
        }
    }

    private long Version(string server)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = "SELECT version FROM reserved WHERE server = $server";
        command.Parameters.AddWithValue("$server", server);
        return command.ExecuteScalar() is long version ? version : 0;
    }

    private async Task WriteAsync()
    {
        var changes = new Dictionary<Key, Entry>();
        var waiting = new List<TaskCompletionSource>();
        while (changes.Count > 0 || await _queue.Reader.WaitToReadAsync())
        {
            while (_queue.Reader.TryRead(out var entry))
            {
                if (entry.Kept is null)
                {
                    changes[entry.Key] = entry;
                }
                else
                {
                    waiting.Add(entry.Kept);
                }
            }
            try
            {
                Write(changes.Values);
                changes.Clear();
                waiting.ForEach(w => w.TrySetResult());
                waiting.Clear();
            }
            catch (SqliteException failure)
            {
                // The changes stay and are tried again; whoever waits is told, and keeps nothing for certain.
                waiting.ForEach(w => w.TrySetException(new ApiStatusException(500, "InternalError", $"Internal error occurred: {failure.Message}")));
                waiting.Clear();
                if (_queue.Reader.Completion.IsCompleted)
                {
                    throw;
                }
                await Task.Delay(Retry);
            }
        }
    }

    private void Write(IReadOnlyCollection<Entry> changes)
    {
        if (changes.Count == 0)
        {
            return;
        }
        lock (_connection)
        {
            using var transaction = _connection.BeginTransaction();
            foreach (var server in changes.GroupBy(c => c.Key.Server))
            {
                var latest = server.Max(c => c.Version);
                if (latest > _reserved.GetValueOrDefault(server.Key) - (Reserve / 2))
                {
                    SetReserved(server.Key, latest + Reserve, transaction);
                    _reserved[server.Key] = latest + Reserve;
                }
            }
            using var put = Prepared(transaction, "INSERT INTO object VALUES ($server, $kind, $namespace, $name, $json) ON CONFLICT DO UPDATE SET json = excluded.json");
            using var remove = Prepared(transaction, "DELETE FROM object WHERE server = $server AND kind = $kind AND namespace = $namespace AND name = $name");
            foreach (var (key, item, _, _) in changes)
            {
                var command = item is null ? remove : put;
                command.Parameters["$server"].Value = key.Server;
                command.Parameters["$kind"].Value = key.Kind;
                command.Parameters["$namespace"].Value = key.Namespace;
                command.Parameters["$name"].Value = key.Name;
                command.Parameters["$json"].Value = item is null ? DBNull.Value : item.Utf8.ToArray();
                command.ExecuteNonQuery();
            }
            transaction.Commit();
        }
    }

    private SqliteCommand Prepared(SqliteTransaction transaction, string text)
    {
        var command = _connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = text;
        foreach (var name in (ReadOnlySpan<string>)["$server", "$kind", "$namespace", "$name", "$json"])
        {
            command.Parameters.Add(new SqliteParameter(name, null));
        }
        return command;
    }

    private void SetReserved(string server, long version, SqliteTransaction transaction)
    {
        using var command = _connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = "INSERT INTO reserved VALUES ($server, $version) ON CONFLICT(server) DO UPDATE SET version = excluded.version";
        command.Parameters.AddWithValue("$server", server);
        command.Parameters.AddWithValue("$version", version);
        command.ExecuteNonQuery();
    }

    private static void Execute(SqliteConnection connection, string text)
    {
        using var command = connection.CreateCommand();
        command.CommandText = text;
        command.ExecuteNonQuery();
    }

    private readonly record struct Key(string Server, string Kind, string Namespace, string Name);

    private readonly record struct Entry(Key Key, StoredObject? Item, long Version, TaskCompletionSource? Kept);
}
