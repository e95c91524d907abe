using Microsoft.EntityFrameworkCore;
using NaaS.Contracts;
using NaaS.Fulfilment.Report;
using NaaS.Fulfilment.Storage;

namespace NaaS.Fulfilment.Wishes;

/// <summary>Stores what commands want. The reconciler does the rest.</summary>
internal static class Wishes
{
    /// <summary>
    /// Stores the wish and makes the service due. A command older than one already taken, and one that is replaced before it was looked at, are
    /// reported as superseded; a repeated one makes
    /// the worker look again, and changes nothing else.
    /// </summary>
    public static async Task StoreAsync(FulfilmentDb db, Wanted wanted, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var service = await db.Services.SingleOrDefaultAsync(row => row.Id == wanted.ServiceId, cancellationToken);
        if (service is null)
        {
            service = new() { Id = wanted.ServiceId, Born = now, Name = wanted.Name ?? "", Cause = "" };
            db.Services.Add(service);
        }
        else if (wanted.Sequence <= service.Sequence)
        {
            if (wanted.Sequence < service.Sequence)
            {
                Reporter.ReportSuperseded(db, service.Id, wanted.Sequence, service.Revision, wanted.Cause, now);
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

        service.Sequence = wanted.Sequence;
        service.WantedAt = now;
        service.Name = wanted.Name ?? service.Name;
        service.Gone = wanted.Characteristics is null;
        service.Characteristics = Json.Write(wanted.Characteristics ?? []);
        service.Cause = Json.Write(wanted.Cause);
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
internal sealed record Wanted(Guid ServiceId, long Sequence, string? Name, IReadOnlyList<ServiceCharacteristic>? Characteristics, Cause Cause);
