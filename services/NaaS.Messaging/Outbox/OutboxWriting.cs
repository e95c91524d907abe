using System.Diagnostics;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using NaaS.Messaging.Inbox;
using NaaS.Messaging.Sealing;
using NaaS.Messaging.Storage;

namespace NaaS.Messaging.Outbox;

/// <summary>Writing messages together with the data that caused them.</summary>
public static class OutboxWriting
{
    /// <summary>Maps the tables <c>outbox</c> and <c>inbox</c>; bodies are encrypted by <paramref name="sealer"/>.</summary>
    public static ModelBuilder AddMessaging(this ModelBuilder model, Sealer? sealer = null)
    {
        model.Entity<OutboxMessage>(row =>
        {
            row.ToTable("outbox");
            row.HasKey(message => message.Position);
            row.Property(message => message.Position).ValueGeneratedOnAdd();
            row.Property(message => message.Body).IsSealed(sealer ?? Sealer.None);
            row.Property(message => message.SentAt).HasConversion<UnixTime>();
            row.HasIndex(message => message.SentAt);
        });
        model.Entity<InboxMessage>(row =>
        {
            row.ToTable("inbox");
            row.HasKey(message => new { message.MessageId, message.Consumer });
            row.Property(message => message.HandledAt).HasConversion<UnixTime>();
            row.HasIndex(message => message.HandledAt);
        });
        return model;
    }

    /// <summary>Adds <paramref name="message"/>, a record of NaaS.Contracts, to what the next SaveChanges writes; the relay publishes it after the commit.</summary>
    public static void Enqueue(this DbContext db, object message) =>
        db.Add(new OutboxMessage
        {
            Type = message.GetType().FullName!,
            Body = JsonSerializer.Serialize(message, message.GetType()),
            TraceParent = Activity.Current?.Id,
        });
}
