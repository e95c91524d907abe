using Microsoft.EntityFrameworkCore;
using NaaS.Messaging.Outbox;
using NaaS.Messaging.Sealing;
using NaaS.Messaging.Storage;

namespace NaaS.Fulfilment.Storage;

/// <summary>The worker's database: what is wanted, revisions, and what is where.</summary>
internal class FulfilmentDb(DbContextOptions options) : ServiceDbContext(options), ISealingContext
{
    /// <inheritdoc/>
    public Sealer Sealer { get; } = options.SealerOf();

    /// <summary>Services, terminated ones included.</summary>
    public DbSet<ServiceRecord> Services => Set<ServiceRecord>();

    /// <summary>Revisions of all services.</summary>
    public DbSet<RevisionRecord> Revisions => Set<RevisionRecord>();

    /// <summary>Objects on clusters.</summary>
    public DbSet<ObjectRecord> Objects => Set<ObjectRecord>();

    /// <summary>Objects on the hub.</summary>
    public DbSet<HubObjectRecord> HubObjects => Set<HubObjectRecord>();

    /// <summary>What operators want of clusters.</summary>
    public DbSet<ClusterOrderRecord> ClusterOrders => Set<ClusterOrderRecord>();

    /// <summary>Previews that were asked for and not answered yet.</summary>
    public DbSet<PreviewRecord> Previews => Set<PreviewRecord>();

    /// <inheritdoc/>
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.AddMessaging(Sealer);
        modelBuilder.Entity<ServiceRecord>(row =>
        {
            row.ToTable("services");
            row.HasKey(service => service.Id);
            row.Property(service => service.Version).IsConcurrencyToken();
            row.Property(service => service.Characteristics).IsSealed(Sealer);
            row.HasIndex(service => service.NextRun);
            row.HasIndex(service => service.LeaseUntil);
            row.HasIndex(service => service.WaitsForClusters);
        });
        modelBuilder.Entity<RevisionRecord>(row =>
        {
            row.ToTable("revisions");
            row.HasKey(revision => new { revision.ServiceId, revision.Number });
            row.Property(revision => revision.Stage).HasConversion<string>();
            row.Property(revision => revision.Characteristics).IsSealed(Sealer);
            row.Property(revision => revision.Content).IsSealed(Sealer);
        });
        modelBuilder.Entity<ObjectRecord>(row =>
        {
            row.ToTable("objects");
            row.HasKey(o => new { o.ServiceId, o.Cluster, o.ApiGroup, o.Kind, o.Namespace, o.Name });
            row.Property(o => o.Watched).HasDefaultValue(true).HasSentinel(true);
            row.HasIndex(o => new { o.Cluster, o.ApiGroup, o.Kind, o.Namespace, o.ServiceId }).HasFilter("\"Watched\"");
            row.HasIndex(o => new { o.Cluster, o.Name, o.ApiGroup, o.Kind, o.Namespace, o.Owner }).IsUnique();
        });
        modelBuilder.Entity<PreviewRecord>(row =>
        {
            row.ToTable("previews");
            row.HasKey(preview => new { preview.Id, preview.ItemId });
        });
        modelBuilder.Entity<ClusterOrderRecord>(row =>
        {
            row.ToTable("cluster_orders");
            row.HasKey(order => order.Cluster);
        });
        modelBuilder.Entity<HubObjectRecord>(row =>
        {
            row.ToTable("hub_objects");
            row.HasKey(o => new { o.ServiceId, o.Kind, o.Namespace, o.Name });
            row.HasIndex(o => o.Namespace);
            row.Property(o => o.Kind).HasConversion<string>();
        });
    }

    /// <inheritdoc/>
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UnixTime>();
}
