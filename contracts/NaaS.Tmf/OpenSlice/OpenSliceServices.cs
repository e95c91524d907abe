using System.Text.Json.Nodes;
using NaaS.Tmf.Characteristics;

namespace NaaS.Tmf.OpenSlice;

/// <summary>TMF638 services between our form (TMF v4) and OpenSlice's.</summary>
public static class OpenSliceServices
{
    private const string CustomerFacing = "CustomerFacingService";
    private const string ResourceFacing = "ResourceFacingService";

    /// <summary>Reads a service as OpenSlice or any other client writes it. Nulls stay: what they mean is the caller's to say.</summary>
    public static JsonObject Read(JsonObject body)
    {
        var service = body.DeepClone().AsObject();
        OpenSliceInput.Tidy(service);
        ReadInner(service);
        return service;
    }

    /// <summary>Writes a service so that OpenSlice can mirror it: every list there, every characteristic with a value.</summary>
    public static JsonObject Write(JsonObject service)
    {
        var written = service.DeepClone().AsObject();
        WriteInner(written);
        written["state"] = States.ServiceForOpenSlice(written.Text("state"));
        OpenSliceOutput.Finish(written);
        return written;
    }

    internal static void ReadInner(JsonObject service)
    {
        if (service["state"] is JsonValue)
        {
            service["state"] = States.OfService(service.Text("state"));
        }

        foreach (var characteristic in service.Objects("serviceCharacteristic"))
        {
            OpenSliceValues.Unwrap(characteristic);
        }
    }

    internal static void WriteInner(JsonObject service)
    {
        service["category"] = service.Text("category") == ResourceFacing ? ResourceFacing : CustomerFacing;
        service["@type"] = service.Text("category");
        service.Lists("note", "place", "relatedParty", "serviceCharacteristic", "serviceRelationship", "supportingResource", "supportingService");
        foreach (var characteristic in service.Objects("serviceCharacteristic"))
        {
            OpenSliceValues.Wrap(characteristic);
        }

        var specification = service["serviceSpecification"] as JsonObject ?? [];
        if (specification.Parent is null)
        {
            service["serviceSpecification"] = specification;
        }

        foreach (var name in (ReadOnlySpan<string>)["id", "name"])
        {
            specification[name] = ValueText.Of(specification[name]);
        }
    }
}
