using System.Text.Json.Nodes;
using NaaS.Inventory.Wishes;
using NaaS.Tmf.Characteristics;
using NaaS.Tmf.Inventory;
using NaaS.Tmf.Shared;

namespace NaaS.Inventory.Services;

/// <summary>The characteristics of a service as everybody may read them: secrets masked, the platform's own <c>status.</c> ones behind.</summary>
internal static class ShownCharacteristics
{
    /// <summary>Shows the wanted characteristics. What the client sent beside a value (an id, an alias) is kept.</summary>
    public static void Show(this Service service, IEnumerable<WishedCharacteristic> wanted, IEnumerable<Characteristic>? sent = null)
    {
        var before = (service.ServiceCharacteristic ?? []).Concat(sent ?? []).Where(one => one.Name is not null).ToLookup(one => one.Name!);
        var status = service.ServiceCharacteristic?.Where(one => ReservedNames.IsStatus(one.Name ?? "")) ?? [];
        service.ServiceCharacteristic = [.. wanted.Select(one => Shown(one, before[one.Name].LastOrDefault())), .. status];
    }

    /// <summary>Sets one of the platform's own; null takes it away.</summary>
    public static void Status(this Service service, string name, string valueType, JsonNode? value)
    {
        var characteristics = service.ServiceCharacteristic ??= [];
        characteristics.RemoveAll(one => one.Name == ReservedNames.StatusPrefix + name);
        if (value is not null)
        {
            characteristics.Add(new() { Name = ReservedNames.StatusPrefix + name, ValueType = valueType, Value = value });
        }
    }

    private static Characteristic Shown(WishedCharacteristic wanted, Characteristic? before) => new()
    {
        Id = before?.Id,
        Name = wanted.Name,
        ValueType = wanted.ValueType.Length > 0 ? wanted.ValueType : before?.ValueType,
        Value = wanted.IsSecret ? ValueText.Masked : wanted.Value?.DeepClone() ?? "",
        CharacteristicRelationship = before?.CharacteristicRelationship,
        Type = before?.Type,
        BaseType = before?.BaseType,
        SchemaLocation = before?.SchemaLocation,
        Extensions = before?.Extensions is { } extensions ? new(extensions) : null,
    };
}
