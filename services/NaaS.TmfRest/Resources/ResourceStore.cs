using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using NaaS.Messaging.Sealing;
using NaaS.Tmf.Json;
using NaaS.Tmf.Shared;
using NaaS.TmfRest.Errors;
using NaaS.TmfRest.Events;
using NaaS.TmfRest.Queries;
using NaaS.TmfRest.Storage;

namespace NaaS.TmfRest.Resources;

/// <summary>
/// Resources of one unit of work. What is inserted, updated or deleted is written, with its events, when the context is saved: at the end of a
/// request by the kit, at the end of a message by the inbox.
/// </summary>
public sealed class ResourceStore(TmfDb db, ResourceDefinitions resources, TimeProvider time, Sealer sealer)
{
    private const string Sealed = "sealed";

    /// <summary>What the client demands of the resource that its request changes.</summary>
    internal Precondition? Precondition { get; set; }

    /// <summary>The context, for messages and for what the store does not cover.</summary>
    public TmfDb Db => db;

    /// <summary>Reads a resource.</summary>
    /// <exception cref="ResourceNotFoundException">There is none.</exception>
    public async Task<T> GetAsync<T>(string id, CancellationToken cancellationToken)
        where T : TmfResource =>
        await FindAsync<T>(id, cancellationToken) ?? throw new ResourceNotFoundException(resources.Of<T>().Name, id);

    /// <summary>Reads a resource; null where there is none.</summary>
    public async Task<T?> FindAsync<T>(string id, CancellationToken cancellationToken)
        where T : TmfResource
    {
        var row = await RowAsync(resources.Of<T>().Name, id, cancellationToken);
        return row is null ? null : Read<T>(row);
    }

    /// <summary>The stored text of a resource; null where there is none.</summary>
    internal async Task<string?> TextAsync<T>(string id, CancellationToken cancellationToken)
        where T : TmfResource =>
        await RowAsync(resources.Of<T>().Name, id, cancellationToken) is { } row ? Opened(row) : null;

    /// <summary>Reads a resource that is going to be changed: locked until the transaction ends, and held against the request's If-Match.</summary>
    /// <exception cref="ResourceNotFoundException">There is none.</exception>
    /// <exception cref="PreconditionFailedException">It is not the version that the client has seen.</exception>
    public async Task<T> GetForChangeAsync<T>(string id, CancellationToken cancellationToken)
        where T : TmfResource =>
        await FindForChangeAsync<T>(id, cancellationToken) ?? throw new ResourceNotFoundException(resources.Of<T>().Name, id);

    /// <inheritdoc cref="GetForChangeAsync{T}"/>
    /// <returns>The resource; null where there is none.</returns>
    public async Task<T?> FindForChangeAsync<T>(string id, CancellationToken cancellationToken)
        where T : TmfResource
    {
        var name = resources.Of<T>().Name;
        if (Locks && !db.Locked.Contains((name, id)) && db.Resources.Local.FindEntryUntyped(Key(name, id)) is not { State: EntityState.Added })
        {
            await LockAsync([name], [id], cancellationToken);
        }

        var row = await RowAsync(name, id, cancellationToken);
        if (row is null)
        {
            return null;
        }

        Precondition?.Check(row);
        return Read<T>(row);
    }

    /// <summary>
    /// Reads and locks several resources in one statement, so that getting each of them for change asks the database no more. On SQLite, whose reads
    /// are no journey, it does nothing.
    /// </summary>
    /// <param name="ids">Their ids.</param>
    /// <param name="models">Their models, in the order in which they are locked; not every id need be there in every model.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public Task FetchForChangeAsync(IReadOnlyCollection<string> ids, IReadOnlyList<Type> models, CancellationToken cancellationToken) =>
        Locks ? LockAsync([.. models.Select(model => resources.Of(model).Name)], [.. ids], cancellationToken) : Task.CompletedTask;

    /// <summary>Reads the resources that a TMF query selects, such as <c>state=active&amp;sort=-orderDate&amp;limit=10</c>.</summary>
    public async Task<IReadOnlyList<T>> QueryAsync<T>(string query, CancellationToken cancellationToken)
        where T : TmfResource
    {
        var rows = await ResourceQuery.Parse(typeof(T), query).SelectAsync(db, resources.Of<T>().Name, cancellationToken);
        return [.. rows.Select(Read<T>)];
    }

    /// <summary>Counts the resources that a TMF query selects.</summary>
    public Task<int> CountAsync<T>(string query, CancellationToken cancellationToken)
        where T : TmfResource =>
        ResourceQuery.Parse(typeof(T), query).CountAsync(db, resources.Of<T>().Name, cancellationToken);

    /// <summary>Adds a resource; gives it an id where it has none.</summary>
    public void Insert<T>(T resource)
        where T : TmfResource
    {
        resource.Id ??= Guid.CreateVersion7(time.GetUtcNow()).ToString();
        var document = Write(resource);
        var row = new ResourceRow
        {
            Type = resources.Of<T>().Name,
            Id = resource.Id,
            Document = Stored<T>(document),
            Search = "",
            ChangedAt = time.GetUtcNow(),
        };
        db.Resources.Add(row);
        db.Written[row] = new(resources.Of<T>(), document);
    }

    /// <summary>Writes a resource that was read before. One that equals what is stored is left alone: no new version, no event.</summary>
    public void Update<T>(T resource)
        where T : TmfResource
    {
        var row = Tracked<T>(resource.Id!);
        var document = Write(resource);
        if (JsonNode.DeepEquals(document, db.Written.TryGetValue(row, out var written) ? written.Document : JsonNode.Parse(Opened(row))))
        {
            return;
        }

        row.Document = Stored<T>(document);
        db.Written[row] = new(resources.Of<T>(), document);
        row.ChangedAt = time.GetUtcNow();
        if (db.Entry(row).State == EntityState.Modified)
        {
            row.Version = db.Entry(row).Property(stored => stored.Version).OriginalValue + 1;
        }
    }

    /// <summary>Deletes a resource that was read before.</summary>
    public void Delete<T>(T resource)
        where T : TmfResource => db.Resources.Remove(Tracked<T>(resource.Id!));

    /// <summary>Tells listeners of something that is no change of attributes, such as <c>ServiceOrderMilestoneEvent</c>.</summary>
    /// <param name="resource">The resource, read or inserted in this unit of work; the event carries it as it is saved.</param>
    /// <param name="eventType">One of the official event types.</param>
    /// <param name="description">What happened.</param>
    /// <param name="fieldPath">Which attribute it is about, where the type has one.</param>
    public void Raise<T>(T resource, string eventType, string? description = null, string? fieldPath = null)
        where T : TmfResource =>
        db.Raised.Add(new RaisedEvent(resources.Of<T>().Name, Tracked<T>(resource.Id!).Id, eventType, description, fieldPath));

    /// <summary>
    /// Tells listeners of the changes so far, at once: what changes until the unit of work is saved, all in one, is an event of its own. So they see a
    /// resource come before they see what becomes of it.
    /// </summary>
    public Task TellAsync(CancellationToken cancellationToken) => db.TellAsync(cancellationToken);

    /// <summary>The stored form of a resource that was read or inserted in this unit of work.</summary>
    internal ResourceRow Tracked<T>(string id)
        where T : TmfResource =>
        db.Resources.Local.FindEntryUntyped(Key(resources.Of<T>().Name, id))?.Entity
        ?? throw new InvalidOperationException($"{typeof(T).Name} {id} was not read in this unit of work.");

    private bool Locks => db.Database.IsNpgsql() && db.Database.CurrentTransaction is not null;

    // Always in the same order, so that two who want several of the same wait for each other and never in a circle. What was read before stays as it
    // was read, since something may have been decided by it: if it has changed since, the save says so.
    private async Task LockAsync(string[] types, string[] ids, CancellationToken cancellationToken)
    {
        await db.Resources.FromSql(
            $"""SELECT "Type", "Id", "Version", "Document", "Search", "ChangedAt" FROM resources WHERE "Type" = ANY({types}) AND "Id" = ANY({ids}) ORDER BY array_position({types}, "Type"), "Id" FOR UPDATE""")
            .LoadAsync(cancellationToken);
        db.Locked.UnionWith(types.SelectMany(type => ids.Select(id => (type, id))));
    }

    private async Task<ResourceRow?> RowAsync(string type, string id, CancellationToken cancellationToken)
    {
        if (db.Locked.Contains((type, id)) && db.Resources.Local.FindEntryUntyped(Key(type, id)) is null)
        {
            return null;
        }

        return await db.Resources.FindAsync(Key(type, id), cancellationToken) is { } row && db.Entry(row).State != EntityState.Deleted ? row : null;
    }

    private static object[] Key(string type, string id) => [type, id];

    private T Read<T>(ResourceRow row)
        where T : TmfResource
    {
        var resource = JsonSerializer.Deserialize<T>(Opened(row), TmfJson.Options)!;
        resource.Id = row.Id;
        return resource;
    }

    private static JsonObject Write(TmfResource resource)
    {
        var document = TmfJson.Write(resource);
        document.Remove("id");
        document.Remove("href");
        return document;
    }

    // The column wants JSON, so what is encrypted stands in an object.
    private string Stored<T>(JsonObject document)
        where T : TmfResource
    {
        var text = document.ToJsonString(TmfJson.Options);
        return resources.Of<T>().IsSealed && sealer.IsSealing ? new JsonObject { [Sealed] = sealer.Seal(text) }.ToJsonString() : text;
    }

    private string Opened(ResourceRow row) =>
        resources.Find(row.Type) is { IsSealed: true } && row.Document.StartsWith($"{{\"{Sealed}\"", StringComparison.Ordinal)
            ? sealer.Open((string)JsonNode.Parse(row.Document)![Sealed]!)
            : row.Document;
}
