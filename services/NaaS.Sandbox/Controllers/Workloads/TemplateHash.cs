using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using NaaS.Sandbox.Store;

namespace NaaS.Sandbox.Controllers.Workloads;

/// <summary>Names a pod template by its content, whatever the order of its fields.</summary>
internal static class TemplateHash
{
    private const string Letters = "bcdfghjklmnpqrstvwxz2456789";

    public static string Of(JsonNode? template, long salt = 0)
    {
        var text = new StringBuilder();
        Write(text, template);
        var digest = SHA256.HashData(Encoding.UTF8.GetBytes(salt == 0 ? text.ToString() : $"{text}#{salt}"));
        return string.Concat(digest.Take(10).Select(part => Letters[part % Letters.Length]));
    }

    private static void Write(StringBuilder text, JsonNode? node)
    {
        switch (node)
        {
            case JsonObject map:
                text.Append('{');
                foreach (var (key, value) in map.OrderBy(pair => pair.Key, StringComparer.Ordinal))
                {
                    text.Append('"').Append(key).Append("\":");
                    Write(text, value);
                    text.Append(',');
                }

                text.Append('}');
                break;
            case JsonArray list:
                text.Append('[');
                foreach (var item in list)
                {
                    Write(text, item);
                    text.Append(',');
                }

                text.Append(']');
                break;
            default:
                text.Append(node?.ToJsonString(Json.Relaxed) ?? "null");
                break;
        }
    }
}
