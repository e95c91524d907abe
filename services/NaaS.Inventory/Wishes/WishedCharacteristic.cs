using System.Text.Json.Nodes;
using NaaS.Contracts;
using NaaS.Tmf.Characteristics;

namespace NaaS.Inventory.Wishes;

/// <summary>A wanted characteristic, in plain even where it is secret.</summary>
internal sealed record WishedCharacteristic(string Name, string ValueType, JsonNode? Value, bool IsDefault, bool IsSecret)
{
    public string Text => ValueText.Of(Value);

    public static WishedCharacteristic Of(AcceptedCharacteristic accepted) =>
        new(accepted.Name, accepted.ValueType, accepted.Value, accepted.IsDefault, accepted.IsSecret);

    /// <summary>As the worker gets it.</summary>
    public ServiceCharacteristic ForWorker() => new(Name, ValueType, Text, IsDefault);
}
