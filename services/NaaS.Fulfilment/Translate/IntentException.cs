namespace NaaS.Fulfilment.Translate;

/// <summary>A characteristic is missing or cannot be read.</summary>
/// <param name="field">Name of the characteristic.</param>
/// <param name="reason">What is wrong with it, in plain words.</param>
public sealed class IntentException(string field, string reason) : RefusalException($"{field}: {reason}")
{
    /// <summary>Name of the characteristic.</summary>
    public string Field { get; } = field;

    /// <summary>What is wrong with it.</summary>
    public string Reason { get; } = reason;
}
