namespace NaaS.Contracts;

/// <summary>Command to the worker: tell what an order or a change would do. Nothing is written to the hub; the answer is <see cref="ServicePreviewed"/>.</summary>
/// <param name="PreviewId">Id of the preview.</param>
/// <param name="ItemId">Its item.</param>
/// <param name="ServiceId">The service that would change or end; null where one would be made.</param>
/// <param name="ServiceName">Name of the service as ordered.</param>
/// <param name="Characteristics">All that would be wanted, defaults included; null where the service would end.</param>
/// <param name="Secrets">Names of characteristics whose values the answer must not show.</param>
public sealed record PreviewService(
    Guid PreviewId,
    string ItemId,
    Guid? ServiceId,
    string ServiceName,
    IReadOnlyList<ServiceCharacteristic>? Characteristics,
    IReadOnlyList<string> Secrets)
{
    /// <summary>Whether nothing of it would run; null where that stays as it is.</summary>
    public bool? Inactive { get; init; }
}
