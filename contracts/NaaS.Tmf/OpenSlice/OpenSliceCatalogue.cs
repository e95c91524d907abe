using System.Globalization;
using System.Text.Json.Nodes;

namespace NaaS.Tmf.OpenSlice;

/// <summary>TMF633 resources between our form (TMF v4) and OpenSlice's, which is older.</summary>
public static class OpenSliceCatalogue
{
    /// <summary>Reads a serviceSpecification in either spelling. Nulls stay: what they mean is the caller's to say.</summary>
    public static JsonObject ReadSpecification(JsonObject body)
    {
        var specification = body.DeepClone().AsObject();
        OpenSliceInput.Tidy(specification);
        specification.Rename("serviceSpecCharacteristic", "specCharacteristic");
        specification.Rename("targetServiceSchema", "targetEntitySchema");
        foreach (var characteristic in specification.Objects("specCharacteristic"))
        {
            characteristic.Rename("serviceSpecCharacteristicValue", "characteristicValueSpecification");
            characteristic.Rename("serviceSpecCharRelationship", "charSpecRelationship");
            foreach (var value in characteristic.Objects("characteristicValueSpecification"))
            {
                OpenSliceValues.Unwrap(value);
            }
        }

        return specification;
    }

    /// <summary>Writes a serviceSpecification with both spellings of its characteristics, so that OpenSlice can import it.</summary>
    public static JsonObject WriteSpecification(JsonObject specification)
    {
        var written = specification.DeepClone().AsObject();
        JsonShape.DropNulls(written);
        written["@type"] = SpecificationType(written.Text("@type"));
        written.Lists(
            "attachment", "relatedParty", "resourceSpecification", "serviceLevelSpecification", "serviceSpecRelationship", "specCharacteristic");
        WholePeriod(written);
        written["serviceSpecCharacteristic"] = new JsonArray([.. written.Objects("specCharacteristic").Select(Characteristic)]);
        OpenSliceOutput.Finish(written);
        return written;
    }

    /// <summary>Writes a serviceCategory: its lists are never null.</summary>
    public static JsonObject WriteCategory(JsonObject category) => WithLists(category, "category", "serviceCandidate");

    /// <summary>Writes a serviceCandidate: its list is never null.</summary>
    public static JsonObject WriteCandidate(JsonObject candidate) => WithLists(candidate, "category");

    /// <summary>Writes a serviceCatalog: its lists are never null.</summary>
    public static JsonObject WriteCatalog(JsonObject catalog) => WithLists(catalog, "category", "relatedParty");

    private static JsonObject WithLists(JsonObject resource, params ReadOnlySpan<string> names)
    {
        var written = resource.DeepClone().AsObject();
        written.Lists(names);
        WholePeriod(written);
        OpenSliceOutput.Finish(written);
        return written;
    }

    private static string SpecificationType(string type) =>
        type == "ResourceFacingServiceSpecification" ? type : "CustomerFacingServiceSpecification";

    private static JsonObject Characteristic(JsonObject characteristic)
    {
        var written = characteristic.DeepClone().AsObject();
        written.Rename("characteristicValueSpecification", "serviceSpecCharacteristicValue");
        written.Rename("charSpecRelationship", "serviceSpecCharRelationship");
        written["valueType"] = OpenSliceValues.Type(written.Text("valueType"));
        written.Lists("serviceSpecCharacteristicValue", "serviceSpecCharRelationship");
        WholePeriod(written);
        foreach (var value in written.Objects("serviceSpecCharacteristicValue"))
        {
            OpenSliceValues.Wrap(value);
            WholeBound(value, "valueFrom");
            WholeBound(value, "valueTo");
            WholePeriod(value);
        }

        return written;
    }

    // OpenSlice's bounds are integers; one that is not breaks the whole reply.
    private static void WholeBound(JsonObject value, string name)
    {
        if (!long.TryParse(value.Text(name), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var bound))
        {
            value.Remove(name);
            return;
        }

        value[name] = bound;
    }

    // A validFor without an end breaks the whole reply.
    private static void WholePeriod(JsonObject node)
    {
        if (node["validFor"] is not JsonObject period || period["startDateTime"] is null || period["endDateTime"] is null)
        {
            node.Remove("validFor");
        }
    }
}
