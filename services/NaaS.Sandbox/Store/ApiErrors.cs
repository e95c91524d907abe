using System.Text.Json.Nodes;

namespace NaaS.Sandbox.Store;

/// <summary>One cause of an invalid object.</summary>
/// <param name="Reason">FieldValueRequired, FieldValueInvalid, FieldValueNotSupported, FieldValueDuplicate ...</param>
/// <param name="Field">Path of the field, <c>spec.replicas</c>.</param>
/// <param name="Message">Text without the field.</param>
internal sealed record FieldError(string Reason, string Field, string Message)
{
    public static FieldError Required(string field, string detail = "") =>
        new("FieldValueRequired", field, detail.Length == 0 ? "Required value" : $"Required value: {detail}");

    public static FieldError Invalid(string field, JsonNode? value, string detail) =>
        new("FieldValueInvalid", field, $"Invalid value: {(value is null ? "null" : value.ToJsonString(Json.Relaxed))}: {detail}");

    public static FieldError TypeInvalid(string field, JsonNode? value, string detail) =>
        new("FieldValueTypeInvalid", field, $"Invalid value: {(value is null ? "null" : value.ToJsonString(Json.Relaxed))}: {detail}");

    public static FieldError NotSupported(string field, JsonNode? value, IEnumerable<string> supported) =>
        new("FieldValueNotSupported", field,
            $"Unsupported value: {(value is null ? "null" : value.ToJsonString(Json.Relaxed))}: supported values: {string.Join(", ", supported.Select(s => $"\"{s}\""))}");

    public static FieldError Duplicate(string field, JsonNode? value) =>
        new("FieldValueDuplicate", field, $"Duplicate value: {(value is null ? "null" : value.ToJsonString(Json.Relaxed))}");

    public static FieldError Forbidden(string field, string detail) => new("FieldValueForbidden", field, $"Forbidden: {detail}");

    public static FieldError TooLong(string field, int limit) =>
        new("FieldValueTooLong", field, $"Too long: may not be more than {limit} bytes");

    public override string ToString() => $"{Field}: {Message}";
}

/// <summary>The API server's refusals, worded as it words them.</summary>
internal static class ApiErrors
{
    public static ApiStatusException NotFound(ResourceType type, string name) =>
        new(404, "NotFound", $"{type.GroupResource} \"{name}\" not found", Of(type, name));

    public static ApiStatusException NoSuchResource() =>
        new(404, "NotFound", "the server could not find the requested resource", new JsonObject());

    public static ApiStatusException AlreadyExists(ResourceType type, string name) =>
        new(409, "AlreadyExists", $"{type.GroupResource} \"{name}\" already exists", Of(type, name));

    public static ApiStatusException Conflict(ResourceType type, string name, string why) =>
        new(409, "Conflict", $"Operation cannot be fulfilled on {type.GroupResource} \"{name}\": {why}", Of(type, name));

    public static ApiStatusException Modified(ResourceType type, string name) =>
        Conflict(type, name, "the object has been modified; please apply your changes to the latest version and try again");

    public static ApiStatusException Forbidden(ResourceType type, string name, string why, JsonArray? causes = null)
    {
        var details = Of(type, name);
        if (causes is not null)
        {
            details["causes"] = causes;
        }
        return new ApiStatusException(403, "Forbidden", $"{type.GroupResource} \"{name}\" is forbidden: {why}", details);
    }

    public static ApiStatusException BadRequest(string message) => new(400, "BadRequest", message);

    public static ApiStatusException DeniedByWebhook(string webhook, string why) =>
        new(400, "BadRequest", $"admission webhook \"{webhook}\" denied the request: {why}");

    public static ApiStatusException MethodNotAllowed() =>
        new(405, "MethodNotAllowed", "the server does not allow this method on the requested resource", new JsonObject());

    public static ApiStatusException UnsupportedMediaType(string accepted) =>
        new(415, "UnsupportedMediaType", $"the body of the request was in an unknown format - accepted media types include: {accepted}", new JsonObject());

    public static ApiStatusException NotAcceptable() =>
        new(406, "NotAcceptable", "only the following media types are accepted: application/json, application/yaml", new JsonObject());

    public static ApiStatusException TooOld(long wanted, long oldest) =>
        new(410, "Expired", $"too old resource version: {wanted} ({oldest})");

    public static ApiStatusException TooManyRequests(int seconds) =>
        new(429, "TooManyRequests", "Too many requests, please try again later.", new JsonObject { ["retryAfterSeconds"] = seconds })
        {
            RetryAfter = seconds,
        };

    public static ApiStatusException Internal(string message) =>
        new(500, "InternalError", $"Internal error occurred: {message}",
            new JsonObject { ["causes"] = new JsonArray(new JsonObject { ["message"] = message }) });

    /// <summary>422 with every cause; <paramref name="byResource"/> names the resource instead of the kind, as updates without resourceVersion do.</summary>
    public static ApiStatusException Invalid(ResourceType type, string name, IReadOnlyList<FieldError> errors, bool byResource = false)
    {
        var what = byResource ? type.GroupResource : type.GroupKind;
        var texts = errors.Select(e => e.ToString()).Distinct().ToList();
        var details = Of(type, name);
        details["kind"] = byResource ? type.Plural : type.Kind;
        details["causes"] = new JsonArray(
            [.. errors.Select(e => new JsonObject { ["reason"] = e.Reason, ["message"] = e.Message, ["field"] = e.Field })]);
        return new ApiStatusException(
            422, "Invalid", $"{what} \"{name}\" is invalid: {(texts.Count == 1 ? texts[0] : $"[{string.Join(", ", texts)}]")}", details);
    }

    private static JsonObject Of(ResourceType type, string name)
    {
        var details = new JsonObject { ["name"] = name };
        if (type.Group.Length > 0)
        {
            details["group"] = type.Group;
        }
        details["kind"] = type.Plural;
        return details;
    }
}
