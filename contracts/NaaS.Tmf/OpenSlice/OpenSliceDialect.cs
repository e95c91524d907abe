using System.Text.Json.Nodes;
using NaaS.Tmf.Dialects;

namespace NaaS.Tmf.OpenSlice;

/// <summary>
/// How OpenSlice, and Maestro above it, speak: an older TMF with nulls that mean nothing, values as texts in objects, states in capitals.
/// </summary>
public sealed class OpenSliceDialect : Dialect
{
    /// <summary>The one instance.</summary>
    public static OpenSliceDialect Instance { get; } = new();

    /// <inheritdoc />
    public override string Name => "openslice";

    /// <inheritdoc />
    public override bool HasListenerPaths => true;

    /// <inheritdoc />
    public override JsonObject ReadCreate(string resource, JsonObject body)
    {
        JsonShape.DropNulls(body);
        return resource switch
        {
            "serviceOrder" => OpenSliceOrders.Read(body),
            "service" => OpenSliceServices.Read(body),
            "serviceSpecification" => OpenSliceCatalogue.ReadSpecification(body),
            _ => body,
        };
    }

    /// <inheritdoc />
    public override JsonObject ReadPatch(string resource, JsonObject stored, JsonObject patch)
    {
        var read = ReadCreate(resource, patch);
        return resource switch
        {
            "serviceOrder" => OpenSlicePatches.OfOrder(stored, read),
            "service" => OpenSlicePatches.OfService(stored, read),
            _ => read,
        };
    }

    /// <inheritdoc />
    public override JsonObject WriteResponse(string resource, JsonObject body) => resource switch
    {
        "serviceOrder" => OpenSliceOrders.Write(body),
        "service" => OpenSliceServices.Write(body),
        "serviceSpecification" => OpenSliceCatalogue.WriteSpecification(body),
        "serviceCategory" => OpenSliceCatalogue.WriteCategory(body),
        "serviceCandidate" => OpenSliceCatalogue.WriteCandidate(body),
        "serviceCatalog" => OpenSliceCatalogue.WriteCatalog(body),
        _ => body,
    };
}
