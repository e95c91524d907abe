using NaaS.TmfRest.Storage;

namespace NaaS.TmfRest.Resources;

/// <summary>The strong entity tag of a resource: its version in quotes.</summary>
internal static class ETag
{
    public static string Of(ResourceRow row) => $"\"{row.Version}\"";
}
