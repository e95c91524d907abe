using System.Text.Json.Nodes;
using NaaS.Sandbox.Store;

namespace NaaS.Sandbox.Controllers.Reading;

/// <summary>What a condition is to say.</summary>
internal sealed record Condition(string Type, string Status, string Reason, string Message, long? ObservedGeneration = null)
{
    public static string Text(bool holds) => holds ? "True" : "False";
}

/// <summary>Writes conditions as apimachinery does: lastTransitionTime moves only when the status does.</summary>
internal static class Conditions
{
    /// <summary>Sets the condition in place, or adds it at the end of <c>conditions</c>.</summary>
    public static void SetCondition(this JsonObject holder, Condition condition, DateTimeOffset now)
    {
        var list = holder.Arr("conditions");
        if (list is null)
        {
            holder["conditions"] = list = [];
        }

        var index = IndexOf(list, condition.Type);
        var written = Write(condition, index < 0 ? null : list[index], now);
        if (index < 0)
        {
            list.Add((JsonNode)written);
        }
        else
        {
            list[index] = written;
        }
    }

    /// <summary>Like <see cref="SetCondition"/>, but a condition that changes moves to the end, as OCM's work agent leaves it.</summary>
    public static void MoveCondition(this JsonObject holder, Condition condition, DateTimeOffset now)
    {
        var list = holder.Arr("conditions");
        var index = list is null ? -1 : IndexOf(list, condition.Type);
        if (index >= 0 && !JsonNode.DeepEquals(list![index], Write(condition, list[index], now)))
        {
            var before = list[index]!.DeepClone();
            list.RemoveAt(index);
            list.Add((JsonNode)Write(condition, before, now));
            return;
        }

        holder.SetCondition(condition, now);
    }

    /// <summary>Removes the condition of that type, if there is one.</summary>
    public static void RemoveCondition(this JsonObject holder, string type)
    {
        if (holder.Arr("conditions") is { } list && IndexOf(list, type) is >= 0 and var index)
        {
            list.RemoveAt(index);
        }
    }

    private static int IndexOf(JsonArray list, string type)
    {
        for (var i = 0; i < list.Count; i++)
        {
            if (list[i].Str("type") == type)
            {
                return i;
            }
        }

        return -1;
    }

    private static JsonObject Write(Condition condition, JsonNode? before, DateTimeOffset now)
    {
        var written = new JsonObject
        {
            ["type"] = condition.Type,
            ["status"] = condition.Status,
            ["lastTransitionTime"] = before.Str("status") == condition.Status
                ? before.Str("lastTransitionTime") ?? Json.Time(now) : Json.Time(now),
        };

        // Pods' conditions have neither while all is well; everybody else's have both.
        if (condition.Reason.Length > 0)
        {
            written["reason"] = condition.Reason;
            written["message"] = condition.Message;
        }

        if (condition.ObservedGeneration is { } generation)
        {
            written["observedGeneration"] = generation;
        }

        return written;
    }
}
