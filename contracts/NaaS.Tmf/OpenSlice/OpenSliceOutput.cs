using System.Text.Json.Nodes;

namespace NaaS.Tmf.OpenSlice;

/// <summary>What is the same in everything that OpenSlice reads: uuid equals id, and no nulls.</summary>
internal static class OpenSliceOutput
{
    public static void Finish(JsonObject resource)
    {
        JsonShape.DropNulls(resource);
        JsonShape.Visit(resource, node =>
        {
            if (node.Text("id") is { Length: > 0 } id)
            {
                node["uuid"] = id;
            }
        });
    }
}
