using System.Text.Json.Nodes;
using NaaS.Sandbox.Store;

namespace NaaS.Sandbox.Fields;

/// <summary>One manager's entry of metadata.managedFields.</summary>
/// <param name="Manager">Name of the manager.</param>
/// <param name="Operation">Apply or Update.</param>
/// <param name="ApiVersion">Version of the object that it wrote.</param>
/// <param name="Subresource">Subresource that it wrote through, empty for the object itself.</param>
/// <param name="Time">When its fields changed last.</param>
/// <param name="Fields">Its fields.</param>
internal sealed record ManagedEntry(string Manager, string Operation, string ApiVersion, string Subresource, string Time, FieldSet Fields)
{
    /// <summary>Whether both stand for the same manager in the same role.</summary>
    public bool IsBy(ManagedEntry other) =>
        Manager == other.Manager && Operation == other.Operation && Subresource == other.Subresource && ApiVersion == other.ApiVersion;

    public static List<ManagedEntry> Read(JsonObject? meta) =>
        [.. (meta.Arr("managedFields") ?? []).Where(e => e.Obj("fieldsV1") is not null).Select(e => new ManagedEntry(
            e.Str("manager") ?? "", e.Str("operation") ?? "", e.Str("apiVersion") ?? "", e.Str("subresource") ?? "", e.Str("time") ?? "",
            FieldSet.From(e.Obj("fieldsV1"))))];

    /// <summary>Writes the entries in Kubernetes' order: applied first, then by time and name.</summary>
    public static void Write(JsonObject meta, IEnumerable<ManagedEntry> entries)
    {
        var list = new JsonArray();
        foreach (var entry in entries.Where(e => !e.Fields.IsEmpty)
            .OrderBy(e => e.Operation, StringComparer.Ordinal).ThenBy(e => e.Time, StringComparer.Ordinal)
            .ThenBy(e => e.Manager, StringComparer.Ordinal).ThenBy(e => e.Subresource, StringComparer.Ordinal))
        {
            list.Add(entry.ToJson());
        }
        if (list.Count > 0)
        {
            meta["managedFields"] = list;
        }
        else
        {
            meta.Remove("managedFields");
        }
    }

    /// <summary>How a conflict names the manager.</summary>
    public override string ToString() =>
        $"\"{Manager}\"{(Subresource.Length > 0 ? $" with subresource \"{Subresource}\"" : "")}{(Operation == "Update" ? $" using {ApiVersion} at {Time}" : "")}";

    private JsonObject ToJson()
    {
        var json = new JsonObject
        {
            ["manager"] = Manager,
            ["operation"] = Operation,
            ["apiVersion"] = ApiVersion,
            ["time"] = Time,
            ["fieldsType"] = "FieldsV1",
            ["fieldsV1"] = Fields.ToJson(),
        };
        if (Subresource.Length > 0)
        {
            json["subresource"] = Subresource;
        }
        return json;
    }
}
