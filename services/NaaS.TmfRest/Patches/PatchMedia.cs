namespace NaaS.TmfRest.Patches;

/// <summary>Media types of a PATCH (TMF630 part 1, 3.2).</summary>
internal static class PatchMedia
{
    public const string Json = "application/json";
    public const string Merge = "application/merge-patch+json";
    public const string JsonPatch = "application/json-patch+json";
    public const string JsonPatchQuery = "application/json-patch-query+json";
    public const string All = $"{Merge}, {Json}, {JsonPatch}, {JsonPatchQuery}";
}
