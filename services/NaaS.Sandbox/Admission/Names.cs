using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using NaaS.Sandbox.Store;

namespace NaaS.Sandbox.Admission;

/// <summary>Kubernetes' rules for names and labels, with its texts.</summary>
internal static partial class Names
{
    private const string SubdomainText = "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";
    private const string LabelText = "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')";
    private const string ServiceText = "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')";
    private const string QualifiedText = "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";
    private const string ValueText = "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";

    /// <summary>What is wrong with an object's metadata.</summary>
    public static IEnumerable<FieldError> Check(ResourceType type, JsonObject meta)
    {
        var name = meta.Str("name") ?? "";
        if (name.Length == 0)
        {
            yield return FieldError.Required("metadata.name", "name or generateName is required");
        }
        else if (NameError(type, name) is { } wrong)
        {
            yield return FieldError.Invalid("metadata.name", name, wrong);
        }
        foreach (var (key, value) in meta.Obj("labels") ?? [])
        {
            if (KeyError(key) is { } badKey)
            {
                yield return FieldError.Invalid("metadata.labels", key, badKey);
            }
            if (ValueError(value.Str() ?? "") is { } badValue)
            {
                yield return FieldError.Invalid("metadata.labels", value, badValue);
            }
        }
        foreach (var (key, _) in meta.Obj("annotations") ?? [])
        {
            if (KeyError(key.ToLowerInvariant()) is { } badKey)
            {
                yield return FieldError.Invalid("metadata.annotations", key, badKey);
            }
        }
        if ((meta.Obj("annotations") ?? []).Sum(a => (long)a.Key.Length + (a.Value.Str()?.Length ?? 0)) > 256 * 1024)
        {
            yield return FieldError.TooLong("metadata.annotations", 262144);
        }
        for (var i = 0; i < (meta.Arr("ownerReferences")?.Count ?? 0); i++)
        {
            foreach (var field in new[] { "apiVersion", "kind", "name", "uid" })
            {
                if (string.IsNullOrEmpty(meta.Arr("ownerReferences")![i].Str(field)))
                {
                    yield return FieldError.Invalid($"metadata.ownerReferences[{i}].{field}", "", $"{(field == "apiVersion" ? "version" : field)} must not be empty");
                }
            }
        }
        foreach (var finalizer in meta.Arr("finalizers") ?? [])
        {
            if (KeyError(finalizer.Str() ?? "") is { } bad)
            {
                yield return FieldError.Invalid("metadata.finalizers", finalizer, bad);
            }
        }
    }

    private static string? NameError(ResourceType type, string name)
    {
        if (type.Group == "rbac.authorization.k8s.io")
        {
            return name is "." or ".." ? $"may not be '{name}'" : name.Contains('/', StringComparison.Ordinal) || name.Contains('%', StringComparison.Ordinal)
                ? "may not contain '/' or '%'" : null;
        }
        if (type == Kinds.Services)
        {
            return name.Length > 63 ? "must be no more than 63 characters" : Service().IsMatch(name) ? null : ServiceText;
        }
        if (type == Kinds.Namespaces)
        {
            return name.Length > 63 ? "must be no more than 63 characters" : Label().IsMatch(name) ? null : LabelText;
        }
        return name.Length > 253 ? "must be no more than 253 characters" : Subdomain().IsMatch(name) ? null : SubdomainText;
    }

    private static string? KeyError(string key)
    {
        var slash = key.IndexOf('/', StringComparison.Ordinal);
        var (prefix, name) = slash < 0 ? (null, key) : (key[..slash], key[(slash + 1)..]);
        if (prefix is not null && !Subdomain().IsMatch(prefix))
        {
            return prefix.Length == 0 ? "prefix part must be non-empty" : $"prefix part {SubdomainText}";
        }
        return name.Length == 0 ? "name part must be non-empty" : name.Length > 63 ? "name part must be no more than 63 bytes"
            : Qualified().IsMatch(name) ? null : QualifiedText;
    }

    private static string? ValueError(string value) =>
        value.Length > 63 ? "must be no more than 63 bytes" : value.Length == 0 || Qualified().IsMatch(value) ? null : ValueText;

    [GeneratedRegex(@"^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*\z")]
    private static partial Regex Subdomain();

    [GeneratedRegex(@"^[a-z0-9]([-a-z0-9]*[a-z0-9])?\z")]
    private static partial Regex Label();

    [GeneratedRegex(@"^[a-z]([-a-z0-9]*[a-z0-9])?\z")]
    private static partial Regex Service();

    [GeneratedRegex(@"^([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]\z")]
    private static partial Regex Qualified();
}
