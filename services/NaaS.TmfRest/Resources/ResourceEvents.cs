namespace NaaS.TmfRest.Resources;

/// <summary>Event types that a resource's changes cause; null where the official file has none.</summary>
/// <param name="Create">When it is created.</param>
/// <param name="Change">When attributes change other than the state.</param>
/// <param name="StateChange">When the state changes.</param>
/// <param name="Delete">When it is deleted.</param>
public sealed record ResourceEvents(string? Create, string? Change, string? StateChange, string? Delete)
{
    /// <summary>Nobody is told.</summary>
    public static ResourceEvents None { get; } = new(null, null, null, null);

    /// <summary>As TMF633 has them: create, change, delete.</summary>
    public static ResourceEvents Changing(string name) => new($"{name}CreateEvent", $"{name}ChangeEvent", null, $"{name}DeleteEvent");

    /// <summary>As TMF641 and TMF638 have them: create, attribute value change, state change, delete.</summary>
    public static ResourceEvents WithState(string name) =>
        new($"{name}CreateEvent", $"{name}AttributeValueChangeEvent", $"{name}StateChangeEvent", $"{name}DeleteEvent");
}
