using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using NaaS.Messaging.Outbox;
using NaaS.Messaging.Sealing;
using NaaS.Messaging.Storage;
using NaaS.Tmf.Json;
using NaaS.TmfRest.Events;
using NaaS.TmfRest.Timers;

namespace NaaS.TmfRest.Storage;

/// <summary>The API's database: resources, events, listeners, deliveries, outbox and inbox. Saving a resource writes its events in the same transaction.</summary>
public class TmfDb(DbContextOptions options) : ServiceDbContext(options), ISealingContext
{
    private readonly EventWriter events = options.ServiceOf<EventWriter>() ?? throw new InvalidOperationException("TmfDb is made by a host with the TMF kit.");

    /// <inheritdoc/>
    public Sealer Sealer { get; } = options.SealerOf();

    /// <summary>All resources.</summary>
    public DbSet<ResourceRow> Resources => Set<ResourceRow>();

    /// <summary>Events of their changes.</summary>
    public DbSet<EventRow> Events => Set<EventRow>();

    /// <summary>Registered listeners.</summary>
    public DbSet<SubscriptionRow> Subscriptions => Set<SubscriptionRow>();

    /// <summary>Events on their way to listeners.</summary>
    public DbSet<DeliveryRow> Deliveries => Set<DeliveryRow>();

    /// <summary>What is due later.</summary>
    public DbSet<TimerRow> Timers => Set<TimerRow>();

    /// <summary>POSTs that carried an Idempotency-Key.</summary>
    public DbSet<IdempotencyRow> IdempotencyKeys => Set<IdempotencyRow>();

    /// <summary>Events that features have raised and that the next SaveChanges writes.</summary>
    internal List<RaisedEvent> Raised { get; } = [];

    /// <summary>Resources that this unit of work has locked, or would have if they were there.</summary>
    internal HashSet<(string Type, string Id)> Locked { get; } = [];

    /// <summary>Resources that the next save writes.</summary>
    internal Dictionary<ResourceRow, WrittenResource> Written { get; } = [];

    /// <summary>What events of this unit of work have told already of resources that are not saved yet.</summary>
    internal Dictionary<ResourceRow, JsonObject> Told { get; } = [];

    /// <summary>The listeners as this unit of work has found them; null until it writes its first event.</summary>
    internal IReadOnlyList<SubscriptionRow>? Listeners { get; set; }

    /// <inheritdoc/>
    public override async Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        await events.WriteAsync(this, cancellationToken);
        foreach (var (row, written) in Written)
        {
            row.Search = written.Search(row.Id);
        }

        var saved = await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
        Written.Clear();
        Told.Clear();
        return saved;
    }

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        Forget();
        await base.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        Forget();
        base.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Tells listeners of all changes so far. What changes until the next save is told as a change of its own, though it is saved with them.</summary>
    internal async Task TellAsync(CancellationToken cancellationToken)
    {
        await events.WriteAsync(this, cancellationToken);
        foreach (var entry in ChangeTracker.Entries<ResourceRow>().Where(entry => entry.State is EntityState.Added or EntityState.Modified))
        {
            Told[entry.Entity] = DocumentOf(entry.Entity);
        }
    }

    /// <summary>The document of a resource, as it is going to be stored where this unit of work has written it; not to be changed.</summary>
    internal JsonObject DocumentOf(ResourceRow row) => Written.TryGetValue(row, out var written) ? written.Document : Parse(row.Document);

    /// <summary>Reads the stored text of a resource.</summary>
    internal static JsonObject Parse(string document) =>
        JsonNode.Parse(document, documentOptions: new JsonDocumentOptions { MaxDepth = TmfJson.MaxDepth })!.AsObject();

    /// <summary>Drops all that has not been saved, and what was read: the unit of work begins again.</summary>
    internal void Restart()
    {
        ChangeTracker.Clear();
        Forget();
    }

    private void Forget()
    {
        Raised.Clear();
        Locked.Clear();
        Written.Clear();
        Told.Clear();
        Listeners = null;
    }

    /// <inheritdoc/>
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.AddMessaging(Sealer);
        var postgres = Database.IsNpgsql();
        modelBuilder.Entity<ResourceRow>(row =>
        {
            row.ToTable("resources");
            row.HasKey(resource => new { resource.Type, resource.Id });
            row.Property(resource => resource.Version).IsConcurrencyToken();
            row.Property(resource => resource.ChangedAt).HasConversion<UnixTime>();
            if (postgres)
            {
                // The document is read and written whole, so its text is kept; what is searched is the map.
                row.Property(resource => resource.Document).HasColumnType("json");
                row.Property(resource => resource.Search).HasColumnType("jsonb");
                row.Property(resource => resource.Type).UseCollation("C");
                row.Property(resource => resource.Id).UseCollation("C");
                row.HasIndex(resource => resource.Search).HasMethod("gin").HasOperators("jsonb_path_ops");
            }
        });
        modelBuilder.Entity<EventRow>(row =>
        {
            row.ToTable("events");
            row.HasKey(change => change.Position);
            row.Property(change => change.Position).ValueGeneratedOnAdd();
            row.Property(change => change.At).HasConversion<UnixTime>();
            row.HasIndex(change => change.EventId).IsUnique();
            row.HasIndex(change => change.At);
        });
        modelBuilder.Entity<SubscriptionRow>(row =>
        {
            row.ToTable("subscriptions");
            row.HasKey(subscription => subscription.Id);
            row.Property(subscription => subscription.CreatedAt).HasConversion<UnixTime>();
            row.HasIndex(subscription => new { subscription.Api, subscription.Callback, subscription.Query }).IsUnique();
        });
        modelBuilder.Entity<IdempotencyRow>(row =>
        {
            row.ToTable("idempotency");
            row.HasKey(request => request.Key);
            row.Property(request => request.At).HasConversion<UnixTime>();
            row.HasIndex(request => request.At);
        });
        modelBuilder.Entity<DeliveryRow>(row =>
        {
            row.ToTable("deliveries");
            row.HasKey(delivery => delivery.Position);
            row.Property(delivery => delivery.Position).ValueGeneratedOnAdd();
            row.Property(delivery => delivery.DueAt).HasConversion<UnixTime>();
            row.HasIndex(delivery => new { delivery.State, delivery.SubscriptionId, delivery.Position });
            row.HasOne(delivery => delivery.Event).WithMany().HasForeignKey(delivery => delivery.EventPosition).OnDelete(DeleteBehavior.Cascade);
            row.HasOne<SubscriptionRow>().WithMany().HasForeignKey(delivery => delivery.SubscriptionId).OnDelete(DeleteBehavior.Cascade);
        });
        modelBuilder.Entity<TimerRow>(row =>
        {
            row.ToTable("timers");
            row.HasKey(timer => timer.Position);
            row.Property(timer => timer.Position).ValueGeneratedOnAdd();
            row.Property(timer => timer.DueAt).HasConversion<UnixTime>();
            row.HasIndex(timer => timer.DueAt);
        });
    }
}
