using System.Collections.Concurrent;
using System.Reflection;
using System.Text.Json;
using NaaS.Contracts;

namespace NaaS.Messaging.Outbox;

/// <summary>A row of the outbox with its message.</summary>
/// <param name="Row">The row.</param>
/// <param name="Message">The message, a record of NaaS.Contracts.</param>
/// <param name="Lane">Messages of one lane go one after the other: those of a service. What is of no service goes alone.</param>
internal sealed record Letter(OutboxMessage Row, object Message, Guid Lane)
{
    private static readonly ConcurrentDictionary<string, (Type Type, PropertyInfo? Service)> Types = new(StringComparer.Ordinal);

    public static Letter Of(OutboxMessage row)
    {
        var (type, service) = Types.GetOrAdd(row.Type, name =>
        {
            var type = typeof(Cause).Assembly.GetType(name, throwOnError: true)!;
            return (type, type.GetProperty(nameof(ChangeService.ServiceId)));
        });
        var message = JsonSerializer.Deserialize(row.Body, type)!;
        return new(row, message, service?.GetValue(message) as Guid? ?? row.MessageId);
    }
}
