using Microsoft.EntityFrameworkCore;
using NaaS.Contracts;
using NaaS.Fulfilment.Report;
using NaaS.Fulfilment.Storage;

namespace NaaS.Fulfilment.Wishes;

/// <summary>Stores what commands want. The reconciler does the rest.</summary>
internal static class Wishes
{
    /// <summary>Stores that the service shall be what the command says.</summary>
    public static Task StoreAsync(FulfilmentDb db, Wanted wanted, DateTimeOffset now, CancellationToken cancellationToken) =>
        StoreAsync(
            db,
            wanted.ServiceId,
            wanted.Sequence,
            wanted.Cause,
            now,
            service =>
            {
                service.Name = wanted.Name ?? service.Name;
                service.Gone = wanted.Characteristics is null;
                service.Characteristics = Json.Write(wanted.Characteristics ?? []);
                service.Inactive = wanted.Inactive;
                (service.RollBackTo, service.Withdraws) = (null, null);
            },
            cancellationToken);

    /// <summary>
    /// Stores the wish and makes the service due. A command older than one already taken, and one that is replaced before it was looked at, are
    /// reported as superseded; a repeated one makes the worker look again, and changes nothing else.
    /// </summary>
    public static async Task StoreAsync(
        FulfilmentDb db, Guid serviceId, long sequence, Cause cause, DateTimeOffset now, Action<ServiceRecord> wish, CancellationToken cancellationToken)
    {
        var service = await db.Services.SingleOrDefaultAsync(row => row.Id == serviceId, cancellationToken);
        if (service is null)
        {
            service = new() { Id = serviceId, Born = now, Name = "", Cause = "" };
            db.Services.Add(service);
        }
        else if (sequence <= service.Sequence)
        {
            if (sequence < service.Sequence)
            {
                Reporter.ReportSuperseded(db, service.Id, sequence, service.Revision, cause, now);
                return;
            }

            // Sent again, by an operator who sees nothing happen: look again, and say again what is.
            service.Reported = null;
            service.NextRun = now;
            service.Wakes++;
            service.Version = Guid.NewGuid();
            return;
        }
        else if (service.Sequence > service.Taken)
        {
            Reporter.ReportSuperseded(db, service.Id, service.Sequence, service.Revision, Json.Read<Cause>(service.Cause), now);
        }

        service.Sequence = sequence;
        service.WantedAt = now;
        service.Cause = Json.Write(cause);
        wish(service);
        service.NextRun = now;
        service.Wakes++;
        service.Version = Guid.NewGuid();
    }
}

/// <summary>What a command wants.</summary>
/// <param name="ServiceId">The service.</param>
/// <param name="Sequence">The command's sequence.</param>
/// <param name="Name">Name as ordered; null leaves it.</param>
/// <param name="Characteristics">What it shall be; null where it shall end.</param>
/// <param name="Cause">What asked for it.</param>
/// <param name="Inactive">Whether nothing of it shall run.</param>
internal sealed record Wanted(
    Guid ServiceId, long Sequence, string? Name, IReadOnlyList<ServiceCharacteristic>? Characteristics, Cause Cause, bool Inactive = false);
