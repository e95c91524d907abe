using System.Globalization;
using System.Runtime.CompilerServices;
using NaaS.Helm.Go;
using NaaS.Helm.Json;

namespace NaaS.Helm.Schema;

/// <summary>Compiles JSON Schema documents of drafts 4, 6, 7, 2019-09 and 2020-12.</summary>
/// <param name="load">Loads a schema from elsewhere for its URL; null refuses all of them.</param>
internal sealed class SchemaCompiler(Func<Uri, string>? load)
{
    private const int Latest = 2020;
    private readonly Dictionary<string, SchemaDocument> documents = new(StringComparer.Ordinal);
    private readonly Dictionary<(SchemaDocument Document, string Pointer), SchemaNode> nodes = [];
    private readonly HashSet<(SchemaDocument Document, string Pointer)> searched = [];

    /// <summary>Compiles the schema in a text that stands at this URL.</summary>
    /// <exception cref="HelmException">It is no JSON, no schema, or refers to what is not there.</exception>
    public SchemaNode Compile(string text, string url)
    {
        var document = Add(url, JsonReader.ReadExact(text));
        return NodeAt(document, "");
    }

    internal SchemaNode Compile(object? root, string url, int draft)
    {
        var document = new SchemaDocument(url, root);
        documents[url] = document;
        document.Resources[""] = new SchemaResource(url, root, "", document, draft);
        Search(document, root, "", document.Resources[""]);
        return NodeAt(document, "");
    }

    internal static string Escape(string step) => step.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);

    private static HelmException Fail(string message) => new(message);

    private SchemaDocument Add(string url, object? root)
    {
        var document = new SchemaDocument(url, root);
        documents[url] = document;
        var draft = DraftOf(root, Latest, url);
        var id = IdOf(root, draft);
        var resource = new SchemaResource(id.Length > 0 ? Resolve(url, id).Url : url, root, "", document, draft);
        document.Resources[""] = resource;
        Search(document, root, "", resource);
        Metaschemas.Require(root, draft, url + "#");
        return document;
    }

    /// <summary>Finds identifiers and anchors in a schema and below.</summary>
    private void Search(SchemaDocument document, object? schema, string pointer, SchemaResource resource)
    {
        EnsureStack();
        if (schema is not GoMap map || !searched.Add((document, pointer)))
        {
            return;
        }

        if (pointer.Length > 0)
        {
            var draft = map.ContainsKey("$schema") && IdOf(map, resource.Draft).Length > 0 ? DraftOf(map, resource.Draft, document.Url) : resource.Draft;
            var id = IdOf(map, draft);
            if (id.Length > 0 && id[0] != '#')
            {
                resource = new SchemaResource(Resolve(resource.Url, id).Url, schema, pointer, document, draft);
                document.Resources[pointer] = resource;
            }
        }

        AddAnchors(map, pointer, resource);
        foreach (var (below, at) in Keywords.Below(map, resource.Draft, pointer))
        {
            Search(document, below, at, resource);
        }
    }

    private static void AddAnchors(GoMap map, string pointer, SchemaResource resource)
    {
        if (resource.Draft < 2019)
        {
            var id = map.GetValueOrDefault(resource.Draft == 4 ? "id" : "$id") as string ?? "";
            var hash = id.IndexOf('#', StringComparison.Ordinal);
            if (hash >= 0 && hash < id.Length - 1 && id[hash + 1] != '/')
            {
                resource.Anchors[id[(hash + 1)..]] = pointer;
            }

            return;
        }

        if (map.GetValueOrDefault("$anchor") is string anchor)
        {
            resource.Anchors[anchor] = pointer;
        }

        if (resource.Draft >= 2020 && map.GetValueOrDefault("$dynamicAnchor") is string dynamic)
        {
            resource.Anchors[dynamic] = pointer;
            resource.DynamicAnchors[dynamic] = pointer;
        }
    }

    private static string IdOf(object? schema, int draft)
    {
        var map = schema as GoMap;
        var blocked = map is null || (draft <= 7 && map.ContainsKey("$ref"));
        var id = blocked ? null : map!.GetValueOrDefault(draft == 4 ? "id" : "$id") as string;
        return id is null || id.StartsWith('#') ? "" : id;
    }

    private int DraftOf(object? schema, int fallback, string url)
    {
        if ((schema as GoMap)?.GetValueOrDefault("$schema") is not string meta)
        {
            return fallback;
        }

        var name = meta.TrimEnd('/').TrimEnd('#');
        name = name.StartsWith("http://", StringComparison.Ordinal) ? "https://" + name["http://".Length..] : name;
        switch (name)
        {
            case "https://json-schema.org/schema" or "https://json-schema.org/draft/2020-12/schema":
                return 2020;
            case "https://json-schema.org/draft/2019-09/schema":
                return 2019;
            case "https://json-schema.org/draft-07/schema":
                return 7;
            case "https://json-schema.org/draft-06/schema":
                return 6;
            case "https://json-schema.org/draft-04/schema":
                return 4;
        }

        if (!Uri.TryCreate(meta, UriKind.Absolute, out _))
        {
            throw Fail($"invalid $schema in \"{url}#\": it is no absolute URL");
        }

        return Document(meta.TrimEnd('#')).Resources[""].Draft;
    }

    private SchemaDocument Document(string url)
    {
        if (documents.TryGetValue(url, out var known))
        {
            return known;
        }

        if (url.StartsWith("urn:", StringComparison.OrdinalIgnoreCase))
        {
            return Add(url, true);
        }

        var isWeb = url.StartsWith("https://", StringComparison.OrdinalIgnoreCase) || url.StartsWith("http://", StringComparison.OrdinalIgnoreCase);
        return load is not null && isWeb
            ? Add(url, JsonReader.ReadExact(GoString.FromText(load(new Uri(url)))))
            : throw Fail($"failing loading \"{url}\": schemas from elsewhere are not allowed");
    }

    private SchemaNode NodeAt(SchemaDocument document, string pointer) =>
        nodes.TryGetValue((document, pointer), out var known) ? known : NodeAt(document, pointer, Lookup(document, pointer));

    /// <summary>The compiled schema of a value that is known to stand there.</summary>
    private SchemaNode NodeAt(SchemaDocument document, string pointer, object? schema)
    {
        EnsureStack();
        if (nodes.TryGetValue((document, pointer), out var known))
        {
            return known;
        }

        var resource = document.ResourceAt(pointer);
        var node = new SchemaNode(document, pointer, resource.Draft) { Resource = resource };
        nodes[(document, pointer)] = node;
        Search(document, schema, pointer, resource);
        resource = document.ResourceAt(pointer);
        foreach (var anchored in resource.DynamicAnchors.Values)
        {
            NodeAt(document, anchored);
        }

        switch (schema)
        {
            case bool always:
                node.Always = always;
                break;
            case GoMap map:
                new Fill(this, document, pointer, map, node).All();
                break;
            default:
                throw Fail($"\"{document.Url}#{pointer}\" is no schema");
        }

        return node;
    }

    private static object? Lookup(SchemaDocument document, string pointer)
    {
        var value = document.Root;
        foreach (var step in pointer.Split('/').Skip(1))
        {
            var name = step.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
            value = value switch
            {
                GoMap map when map.TryGetValue(name, out var next) => next,
                GoList list when int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var i) && i < list.Count => list[i],
                _ => throw Fail($"json-pointer in \"{document.Url}#{pointer}\" not found"),
            };
        }

        return value;
    }

    private SchemaNode Refer(SchemaResource from, string reference)
    {
        var (url, fragment) = Resolve(from.Url, reference);
        var resource = from.Document.Resources.Values.FirstOrDefault(r => r.Url == url)
            ?? documents.Values.SelectMany(d => d.Resources.Values).FirstOrDefault(r => r.Url == url)
            ?? Metaschemas.Find(url)
            ?? Document(url).Resources[""];
        if (fragment.Length == 0 || fragment[0] == '/')
        {
            return NodeAt(resource.Document, resource.Pointer + fragment);
        }

        return resource.Anchors.TryGetValue(fragment, out var pointer)
            ? NodeAt(resource.Document, pointer)
            : throw Fail($"anchor in \"{url}#{fragment}\" not found in schema \"{resource.Document.Url}\"");
    }

    private static (string Url, string Fragment) Resolve(string baseUrl, string reference)
    {
        var hash = reference.IndexOf('#', StringComparison.Ordinal);
        var path = hash < 0 ? reference : reference[..hash];
        var fragment = hash < 0 ? "" : Uri.UnescapeDataString(reference[(hash + 1)..]);
        if (path.Length == 0)
        {
            return (baseUrl, fragment);
        }

        return Uri.TryCreate(new Uri(baseUrl), path, out var url)
            ? (url.OriginalString.StartsWith("urn:", StringComparison.OrdinalIgnoreCase) ? path : url.AbsoluteUri, fragment)
            : throw Fail($"error in parsing \"{reference}\": it is no URL");
    }

    private static void EnsureStack()
    {
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            throw Fail("schema is nested too deeply");
        }
    }

    /// <summary>What keywords are about.</summary>
    [Flags]
    private enum Parts
    {
        Combinations = 1,
        Objects = 2,
        Arrays = 4,
        Scalars = 8,
    }

    /// <summary>Reads the keywords of one schema.</summary>
    private sealed class Fill(SchemaCompiler compiler, SchemaDocument document, string pointer, GoMap map, SchemaNode node)
    {
        public void All()
        {
            if (Text("$ref") is { } reference)
            {
                node.Ref = compiler.Refer(node.Resource!, reference);
                if (node.Draft < 2019)
                {
                    // Everything beside a reference is ignored up to draft 7, except that the library looks at const first.
                    Constant();
                    return;
                }
            }

            var parts = PartsOf(map);
            if (parts.HasFlag(Parts.Combinations))
            {
                Combinations();
            }

            if (parts.HasFlag(Parts.Objects))
            {
                Objects();
            }

            if (parts.HasFlag(Parts.Arrays))
            {
                Arrays();
            }

            if (parts.HasFlag(Parts.Scalars))
            {
                Scalars();
            }

            if (node.Draft == 2019)
            {
                node.RecursiveRef = Text("$recursiveRef") is { } recursive ? compiler.Refer(node.Resource!, recursive) : null;
                node.RecursiveAnchor = Flag("$recursiveAnchor");
            }

            if (node.Draft >= 2020)
            {
                node.DynamicAnchor = Text("$dynamicAnchor") ?? "";
                if (node.DynamicAnchor.Length > 0)
                {
                    node.Resource!.Dynamic[node.DynamicAnchor] = node;
                }

                if (Text("$dynamicRef") is { } dynamic)
                {
                    var fragment = Resolve("x:/", dynamic).Fragment;
                    node.DynamicRef = (compiler.Refer(node.Resource!, dynamic), fragment.StartsWith('/') ? "" : fragment);
                }
            }
        }

        // Most schemas have two or three keywords, so it pays to look for those that are there instead of for all that there could be.
        private static Parts PartsOf(GoMap map)
        {
            var parts = default(Parts);
            foreach (var name in map.Keys)
            {
                parts |= name switch
                {
                    "allOf" or "anyOf" or "oneOf" or "not" or "if" or "then" or "else" => Parts.Combinations,
                    "minProperties" or "maxProperties" or "required" or "properties" or "patternProperties" or "additionalProperties" or "propertyNames"
                        or "dependencies" or "dependentSchemas" or "dependentRequired" or "unevaluatedProperties" => Parts.Objects,
                    "minItems" or "maxItems" or "uniqueItems" or "prefixItems" or "items" or "additionalItems" or "contains" or "minContains" or "maxContains"
                        or "unevaluatedItems" => Parts.Arrays,
                    "type" or "enum" or "const" or "multipleOf" or "maximum" or "minimum" or "exclusiveMaximum" or "exclusiveMinimum" or "minLength" or "maxLength"
                        or "pattern" or "format" => Parts.Scalars,
                    _ => 0,
                };
            }

            return parts;
        }

        private void Combinations()
        {
            node.AllOf = Many("allOf");
            node.AnyOf = Many("anyOf");
            node.OneOf = Many("oneOf");
            node.Not = One("not");
            if (node.Draft >= 7)
            {
                node.If = One("if");
                node.Then = node.If is null ? null : One("then");
                node.Else = node.If is null ? null : One("else");
            }
        }

        private void Objects()
        {
            node.MinProperties = Count("minProperties");
            node.MaxProperties = Count("maxProperties");
            node.Required = Texts("required");
            if (map.GetValueOrDefault("properties") is GoMap)
            {
                node.Properties = Map("properties").ToDictionary(p => p.Name, p => p.Node, StringComparer.Ordinal);
            }

            if (map.GetValueOrDefault("patternProperties") is GoMap)
            {
                node.PatternProperties = [.. Map("patternProperties").Select(p => (Pattern("patternProperties", p.Name), p.Node))];
            }

            node.AdditionalProperties = One("additionalProperties");
            node.PropertyNames = node.Draft >= 6 ? One("propertyNames") : null;
            node.Dependencies = [.. (map.GetValueOrDefault("dependencies") as GoMap ?? []).Select(p => p.Value is GoList list
                ? (p.Key, Strings(list), (SchemaNode?)null)
                : (p.Key, (IReadOnlyList<string>?)null, Node($"dependencies/{Escape(p.Key)}", p.Value)))];
            if (node.Draft >= 2019)
            {
                node.Dependents =
                [
                    .. Map("dependentSchemas").Select(p => (p.Name, (IReadOnlyList<string>?)null, (SchemaNode?)p.Node)),
                    .. (map.GetValueOrDefault("dependentRequired") as GoMap ?? []).Select(p => (p.Key, (IReadOnlyList<string>?)Strings(p.Value as GoList ?? []), (SchemaNode?)null)),
                ];
                node.UnevaluatedProperties = One("unevaluatedProperties");
            }
        }

        private void Arrays()
        {
            node.MinItems = Count("minItems");
            node.MaxItems = Count("maxItems");
            node.UniqueItems = Flag("uniqueItems");
            if (node.Draft >= 2020)
            {
                node.PrefixItems = Many("prefixItems");
                node.Items = One("items");
            }
            else if (map.GetValueOrDefault("items") is GoList)
            {
                node.PrefixItems = Many("items");
                node.Items = One("additionalItems");
                node.ItemsAreAdditional = true;
            }
            else
            {
                node.Items = One("items");
            }

            node.Contains = node.Draft >= 6 ? One("contains") : null;
            if (node.Draft >= 2019)
            {
                node.MinContains = node.Contains is null ? null : Count("minContains");
                node.MaxContains = node.Contains is null ? null : Count("maxContains");
                node.UnevaluatedItems = One("unevaluatedItems");
            }
        }

        private void Scalars()
        {
            node.Types = map.GetValueOrDefault("type") switch { string type => [type], GoList types => Strings(types), _ => null };
            node.Enum = map.GetValueOrDefault("enum") as GoList;
            Constant();
            node.MultipleOf = Number("multipleOf");
            node.Maximum = Number("maximum");
            node.Minimum = Number("minimum");
            node.ExclusiveMaximum = Flag("exclusiveMaximum") ? node.Maximum : Number("exclusiveMaximum");
            node.ExclusiveMinimum = Flag("exclusiveMinimum") ? node.Minimum : Number("exclusiveMinimum");
            node.Maximum = Flag("exclusiveMaximum") ? null : node.Maximum;
            node.Minimum = Flag("exclusiveMinimum") ? null : node.Minimum;
            node.MinLength = Count("minLength");
            node.MaxLength = Count("maxLength");
            node.Pattern = Text("pattern") is { } pattern ? (Pattern("pattern", pattern), pattern) : null;
            if (node.Draft < 2019 && Text("format") is { } format && Formats.Find(format) is { } check)
            {
                node.Format = (format, check);
            }
        }

        private void Constant() => node.Const = node.Draft >= 6 && map.TryGetValue("const", out var value) ? (value, true) : default;

        private string? Text(string name) => map.GetValueOrDefault(name) as string;

        private bool Flag(string name) => map.GetValueOrDefault(name) is true;

        private ExactNumber? Number(string name) => ExactNumber.Of(map.GetValueOrDefault(name));

        private int? Count(string name)
        {
            var number = Number(name);
            if (number is not { IsInteger: true } count)
            {
                return null;
            }

            return count > new ExactNumber(int.MaxValue, 0) ? int.MaxValue : int.Parse(
                (count.Digits * System.Numerics.BigInteger.Pow(10, Math.Max(count.Exponent, 0)) / System.Numerics.BigInteger.Pow(10, Math.Max(-count.Exponent, 0))).ToString(CultureInfo.InvariantCulture),
                CultureInfo.InvariantCulture);
        }

        private string[] Texts(string name) => map.GetValueOrDefault(name) is GoList list ? Strings(list) : [];

        private static string[] Strings(GoList list) => [.. list.OfType<string>()];

        private SchemaNode? One(string name) => map.TryGetValue(name, out var schema) ? Node(name, schema) : null;

        private SchemaNode[] Many(string name) => map.GetValueOrDefault(name) is GoList list ? [.. list.Select((schema, i) => Node($"{name}/{i}", schema))] : [];

        private IEnumerable<(string Name, SchemaNode Node)> Map(string name) => map.GetValueOrDefault(name) is GoMap schemas
            ? schemas.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => (p.Key, Node($"{name}/{Escape(p.Key)}", p.Value)))
            : [];

        private SchemaNode Node(string path, object? schema) => compiler.NodeAt(document, $"{pointer}/{path}", schema);

        private GoRegex Pattern(string keyword, string pattern)
        {
            try
            {
                return GoRegex.Compile(pattern);
            }
            catch (GoRegexException e)
            {
                throw Fail($"invalid regex {GoSyntax.Quote(pattern)} at \"{document.Url}#{pointer}/{keyword}\": {GoString.ToText(e.Message)}");
            }
        }
    }
}
