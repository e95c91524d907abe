using System.Globalization;
using System.Text.Json.Nodes;
using NaaS.Sandbox.Store;

namespace NaaS.Sandbox.Protocol;

/// <summary>The <c>Table</c> form of lists, which kubectl prints.</summary>
internal static class Tables
{
    /// <summary>A table of these objects.</summary>
    public static JsonObject Of(ApiRequest request, IEnumerable<StoredObject> items, long resourceVersion, bool withColumns)
    {
        var columns = Columns(request.Type);
        var include = request.Query("includeObject") ?? "Metadata";
        var now = request.Server.Clock.GetUtcNow();
        var rows = new JsonArray();
        foreach (var item in items)
        {
            var stored = item.Read();
            var row = new JsonObject { ["cells"] = new JsonArray([.. columns.Select(c => Cell(c, stored, now))]) };
            if (include != "None")
            {
                var json = request.Served.Out(stored);
                row["object"] = include == "Object" ? json : Replies.PartialMetadata(json);
            }
            rows.Add(row);
        }
        return new JsonObject
        {
            ["kind"] = "Table",
            ["apiVersion"] = "meta.k8s.io/v1",
            ["metadata"] = new JsonObject { ["resourceVersion"] = resourceVersion.ToString(CultureInfo.InvariantCulture) },
            ["columnDefinitions"] = withColumns ? new JsonArray([.. columns.Select(Definition)]) : null,
            ["rows"] = rows,
        };
    }

    private static Column[] Columns(ResourceType type)
    {
        if (!type.Custom)
        {
            return BuiltInColumns.Of(type);
        }
        var own = type.Columns.Select(c => new Column(c.Name, c.Type, (json, now) => FromPath(c, json, now), c.Priority)).ToList();
        return [BuiltInColumns.Name, .. own.Count == 0 ? [BuiltInColumns.Age] : own];
    }

    private static JsonNode? FromPath(PrinterColumn column, JsonObject json, DateTimeOffset now)
    {
        var found = JsonPath.Find(json, column.Path);
        if (found.Count == 0)
        {
            return null;
        }
        if (column.Type == "date")
        {
            return found[0].Str() is { } time ? Durations.Since(time, now) : "<unknown>";
        }
        return column.Type == "string" && found.Count > 1
            ? string.Join(",", found.Select(f => f.Str() ?? f?.ToJsonString() ?? ""))
            : found[0] is JsonObject or JsonArray ? found[0]!.ToJsonString(Json.Relaxed) : found[0]?.DeepClone();
    }

    private static JsonNode? Cell(Column column, JsonObject json, DateTimeOffset now) => column.Value(json, now);

    private static JsonObject Definition(Column column) => new()
    {
        ["name"] = column.Heading,
        ["type"] = column.Type,
        ["format"] = column.Heading == "Name" ? "name" : "",
        ["description"] = "",
        ["priority"] = column.Priority,
    };
}

/// <summary>A column of a table.</summary>
internal sealed record Column(string Heading, string Type, Func<JsonObject, DateTimeOffset, JsonNode?> Value, int Priority = 0);
