using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;
using NaaS.TmfRest.Errors;

namespace NaaS.TmfRest.Routes;

/// <summary>Reads If-Match and If-None-Match.</summary>
internal static class EntityTags
{
    /// <summary>The tags of a header; null where it is absent or <c>*</c>.</summary>
    public static IReadOnlyList<string>? Read(StringValues header)
    {
        if (StringValues.IsNullOrEmpty(header))
        {
            return null;
        }

        if (!EntityTagHeaderValue.TryParseList([.. header.Select(value => value ?? "")], out var tags))
        {
            throw new InvalidHeaderException($"{header} is not a list of entity tags such as \"1\"");
        }

        return tags.Any(tag => tag.Equals(EntityTagHeaderValue.Any)) ? null : [.. tags.Select(tag => tag.Tag.ToString())];
    }
}
