using System.Text.Json.Nodes;
using NaaS.Inventory.Actions;
using NaaS.Inventory.Wishes;
using NaaS.Tmf.Characteristics;
using NaaS.Tmf.Inventory;
using NaaS.TmfRest.Resources;

namespace NaaS.Inventory.Services;

/// <summary>What the kit knows of the inventory's resources.</summary>
internal static class ServiceResources
{
    public static ResourceDefinition Service(CharacteristicOptions options) => new ResourceDefinition<Service>(TmfApi.ServiceInventory, "service")
    {
        HasOwners = true,
        Required = ["state", "serviceSpecification"],
        NotPatchable = ["id", "href", "serviceDate"],
        Events = ResourceEvents.WithState("Service"),
        ForEvents = document => WithoutValues(document, options.Names.Values),
    };

    /// <summary>Owned by parties that it never names, so that customers see none.</summary>
    public static ResourceDefinition Action { get; } = new ResourceDefinition<OperatorAction>(TmfApi.ServiceInventory, "operatorAction")
    {
        HasOwners = true,
        Required = ["action"],
        NotOnCreate = ["id", "href", "by", "at"],
    };

    public static ResourceDefinition Wish { get; } = new ResourceDefinition<ServiceWish>(TmfApi.ServiceInventory, "serviceWish") { IsSealed = true, SearchedBy = ["settled"] };

    public static ResourceDefinition Record { get; } =
        new ResourceDefinition<DeliveryRecord>(TmfApi.ServiceInventory, "deliveryRecord") { IsSealed = true };

    // Values documents may hold what listeners must not learn, and are large.
    private static void WithoutValues(JsonObject document, string name) =>
        (document["serviceCharacteristic"] as JsonArray)?.RemoveAll(one => ValueText.Of(one?["name"]) == name);
}
