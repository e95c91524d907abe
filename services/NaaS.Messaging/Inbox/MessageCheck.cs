using System.Collections;
using System.Collections.Concurrent;
using System.Reflection;
using System.Text.Json;

namespace NaaS.Messaging.Inbox;

/// <summary>
/// Whether a message has what its record promises. JSON that lacks a field leaves it null or zero; such a message must never be taken for one about
/// the service 00000000-0000-0000-0000-000000000000.
/// </summary>
internal static class MessageCheck
{
    private static readonly ConcurrentDictionary<Type, IReadOnlyList<Field>> Known = new();

    /// <summary>The first thing that is missing or unknown, by its path; null where all is there. Values are not repeated.</summary>
    public static string? Problem(object message) => Problem(message, message.GetType().Name, message.GetType().Assembly);

    private static string? Problem(object record, string path, Assembly contracts)
    {
        foreach (var field in Known.GetOrAdd(record.GetType(), FieldsOf))
        {
            if (ProblemOf(field.Property.GetValue(record), field, $"{path}.{field.Name}", contracts) is { } problem)
            {
                return problem;
            }
        }

        return null;
    }

    private static string? ProblemOf(object? value, Field field, string path, Assembly contracts) => value switch
    {
        null => field.IsOptional ? null : $"{path} is missing",
        Guid id when id == Guid.Empty => $"{path} is missing",
        string text when text.Length == 0 && field.IsId => $"{path} is missing",
        // Sequences begin with 1.
        long number when number < 1 && field.IsSequence => $"{path} is missing",
        Enum one when !Enum.IsDefined(one.GetType(), one) => $"{path} is unknown",
        string or Enum => null,
        IEnumerable list => list.Cast<object?>().Select((item, i) => ProblemOf(item, Field.Item, $"{path}[{i}]", contracts)).FirstOrDefault(problem => problem is not null),
        _ when value.GetType().Assembly == contracts => Problem(value, path, contracts),
        _ => null,
    };

    private static IReadOnlyList<Field> FieldsOf(Type record)
    {
        var nullability = new NullabilityInfoContext();
        return
        [
            .. record.GetProperties(BindingFlags.Public | BindingFlags.Instance)
                .Where(property => property.GetIndexParameters().Length == 0)
                .Select(property => new Field(property, JsonNamingPolicy.CamelCase.ConvertName(property.Name), nullability.Create(property).ReadState == NullabilityState.Nullable)),
        ];
    }

    private sealed record Field(PropertyInfo Property, string Name, bool IsOptional)
    {
        /// <summary>An element of a list.</summary>
        public static Field Item { get; } = new(null!, "", IsOptional: false);

        public bool IsId => Name is "id" or "cluster" || Name.EndsWith("Id", StringComparison.Ordinal);

        public bool IsSequence => Name == "sequence";
    }
}
