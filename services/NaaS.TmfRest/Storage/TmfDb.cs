using Microsoft.EntityFrameworkCore;
using NaaS.Messaging.Outbox;
using NaaS.Messaging.Sealing;
using NaaS.Messaging.Storage;
using NaaS.TmfRest.Events;
using NaaS.TmfRest.Timers;

namespace NaaS.TmfRest.Storage;

/// <summary>The API's database: resources, events, listeners, deliveries, outbox and inbox. Saving a resource writes its events in the same transaction.</summary>
public class TmfDb(DbContextOptions options, EventWriter events) : ServiceDbContext(options), ISealingContext
{
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

    /// <summary>The listeners as this unit of work has found them; null until it writes its first event.</summary>
    internal IReadOnlyList<SubscriptionRow>? Listeners { get; set; }

    /// <inheritdoc/>
    public override async Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        await events.WriteAsync(this, cancellationToken);
        return await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
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
