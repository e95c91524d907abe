using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;
using NaaS.Tmf.Events;
using NaaS.TmfRest.Queries;

namespace NaaS.TmfRest.Events;

/// <summary>
/// The query of a hub registration: <c>eventType=A,B</c> in any letter case, conditions on the envelope (<c>event.serviceOrder.state=completed</c>),
/// and <c>fields</c> to reduce it.
/// </summary>
internal sealed class EventFilter
{
    private const int MostRemembered = 1000;
    private static readonly ConcurrentDictionary<string, EventFilter> Known = new(StringComparer.Ordinal);
    private readonly HashSet<string> types;
    private readonly List<Condition> conditions;
    private readonly FieldSelection fields;

    private EventFilter(HashSet<string> types, List<Condition> conditions, FieldSelection fields)
    {
        this.types = types;
        this.conditions = conditions;
        this.fields = fields;
    }

    /// <summary>Reads a query.</summary>
    /// <exception cref="Errors.InvalidQueryException">It cannot be understood.</exception>
    public static EventFilter Parse(string query)
    {
        if (Known.TryGetValue(query, out var known))
        {
            return known;
        }

        if (Known.Count >= MostRemembered)
        {
            Known.Clear();
        }

        return Known[query] = Read(QueryHelpers.ParseQuery(query));
    }

    /// <summary>Whether the listener wants this event.</summary>
    public bool Wants(JsonObject envelope) =>
        (types.Count == 0 || types.Contains(envelope["eventType"]!.GetValue<string>()))
        && (conditions.Count == 0 || Matches(SearchMap.Of(envelope)));

    /// <summary>The envelope with the attributes that the listener asked for; the envelope's own always remain.</summary>
    public JsonObject Reduce(JsonObject envelope) => fields.Apply(envelope);

    private bool Matches(SearchMap map) => conditions.TrueForAll(condition => condition.Matches(map));

    private static EventFilter Read(Dictionary<string, StringValues> parameters)
    {
        var types = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var conditions = new List<Condition>();
        var fields = FieldSelection.All;
        foreach (var (name, values) in parameters)
        {
            if (name == "eventType")
            {
                types.UnionWith(values.SelectMany(value => (value ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)));
            }
            else if (name == "fields")
            {
                fields = FieldSelection.Parse(StringValues.Concat(values, "eventId,eventTime,eventType,correlationId,domain,title,timeOcurred,fieldPath"));
            }
            else
            {
                conditions.Add(QueryParser.Condition(typeof(TmfEvent), name, values));
            }
        }

        return new EventFilter(types, conditions, fields);
    }
}
