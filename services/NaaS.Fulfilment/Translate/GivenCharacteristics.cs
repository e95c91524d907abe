using NaaS.Contracts;

namespace NaaS.Fulfilment.Translate;

/// <summary>The characteristics by name, empty ones and JSON nulls read as not given.</summary>
internal sealed class GivenCharacteristics(IReadOnlyList<ServiceCharacteristic> characteristics)
{
    /// <summary>The trimmed text; null where not given. Given twice with different values is refused.</summary>
    public string? Text(string name)
    {
        var values = characteristics
            .Where(characteristic => characteristic.Name == name)
            .Select(characteristic => characteristic.Value.Trim())
            .Where(value => value is not ("" or "null"))
            .Distinct()
            .ToList();
        return values.Count > 1 ? throw new IntentException(name, "is given twice with different values") : values.SingleOrDefault();
    }

    /// <summary>Refuses any other value than the one that this installation knows.</summary>
    public void MustBe(string name, string only)
    {
        if (Text(name) is { } value && !value.Equals(only, StringComparison.OrdinalIgnoreCase))
        {
            throw new IntentException(name, $"\"{value}\" is not supported, only \"{only}\" is");
        }
    }

    /// <summary>A yes or no, no where not given.</summary>
    public bool Flag(string name) => Text(name)?.ToLowerInvariant() switch
    {
        null or "false" => false,
        "true" => true,
        var other => throw new IntentException(name, $"\"{other}\" is neither true nor false"),
    };

    /// <summary>One of the names of an enumeration, in any letter case.</summary>
    public T Choice<T>(string name, T whenNotGiven)
        where T : struct, Enum
    {
        if (Text(name) is not { } value)
        {
            return whenNotGiven;
        }

        return Enum.GetNames<T>().FirstOrDefault(choice => choice.Equals(value, StringComparison.OrdinalIgnoreCase)) is { } known
            ? Enum.Parse<T>(known)
            : throw new IntentException(name, $"\"{value}\" is none of {string.Join(", ", Enum.GetNames<T>()).ToLowerInvariant()}");
    }
}
