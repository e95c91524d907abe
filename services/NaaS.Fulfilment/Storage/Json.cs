using System.Text.Json;

namespace NaaS.Fulfilment.Storage;

/// <summary>JSON columns.</summary>
internal static class Json
{
    /// <summary>Writes a value.</summary>
    public static string Write<T>(T value) => JsonSerializer.Serialize(value);

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public static T Read<T>(string json) => JsonSerializer.Deserialize<T>(json) ?? throw new JsonException($"null where {typeof(T).Name} was stored");
}
