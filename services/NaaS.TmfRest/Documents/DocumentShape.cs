using Microsoft.OpenApi;
using NaaS.Tmf.Events;
using NaaS.TmfRest.Resources;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace NaaS.TmfRest.Documents;

/// <summary>Paths as in the official file, below a server address; the schemas of bodies derived from the resources' own.</summary>
internal sealed class DocumentShape(ResourceDefinitions resources) : IDocumentFilter
{
    public void Apply(OpenApiDocument swaggerDoc, DocumentFilterContext context)
    {
        var api = TmfApi.All.First(api => api.Number == context.DocumentName);
        var root = $"/tmf-api/{api.Path}";
        var paths = new OpenApiPaths();
        foreach (var (path, item) in swaggerDoc.Paths.Where(path => path.Key.StartsWith(root, StringComparison.Ordinal)).OrderBy(path => path.Key, StringComparer.Ordinal))
        {
            paths.Add(path[root.Length..], item);
        }

        swaggerDoc.Paths = paths;
        swaggerDoc.Servers = [new OpenApiServer { Url = root }];
        var schemas = swaggerDoc.Components!.Schemas!;
        foreach (var resource in resources.All.Where(resource => resource.Api == api && schemas.ContainsKey(resource.Model.Name)))
        {
            Derive(schemas, resource);
        }

        schemas.Remove(nameof(TmfEvent));
        schemas["JsonPatch"] = JsonPatchSchema();
        swaggerDoc.Components.Schemas = new SortedDictionary<string, IOpenApiSchema>(schemas, StringComparer.Ordinal);
        AddSecurity(swaggerDoc, api);
    }

    private static void Derive(IDictionary<string, IOpenApiSchema> schemas, ResourceDefinition resource)
    {
        var own = (OpenApiSchema)schemas[resource.Model.Name];
        schemas[$"{resource.Model.Name}_Create"] = Without(own, resource.NotOnCreate, [.. resource.Required, .. resource.RequiredByRules], "created");
        schemas[$"{resource.Model.Name}_Update"] = Without(own, resource.NotPatchable, [], "changed");
    }

    private static OpenApiSchema Without(OpenApiSchema own, IReadOnlyList<string> skipped, IReadOnlyList<string> required, string use) => new()
    {
        Type = JsonSchemaType.Object,
        Description = $"{own.Description} As it is {use}; skipped: {string.Join(", ", skipped)}.",
        Required = required.ToHashSet(StringComparer.Ordinal),
        Properties = own.Properties!.Where(property => !skipped.Contains(property.Key)).ToDictionary(),
        AdditionalProperties = own.AdditionalProperties,
    };

    private static OpenApiSchema JsonPatchSchema() => new()
    {
        Type = JsonSchemaType.Array,
        Description = "RFC 6902, and TMF630 part 5 where paths carry queries.",
        Items = new OpenApiSchema
        {
            Type = JsonSchemaType.Object,
            Required = new HashSet<string> { "op", "path" },
            Properties = new Dictionary<string, IOpenApiSchema>
            {
                ["op"] = new OpenApiSchema { Type = JsonSchemaType.String, Enum = ["add", "remove", "replace", "move", "copy", "test"] },
                ["path"] = new OpenApiSchema { Type = JsonSchemaType.String },
                ["from"] = new OpenApiSchema { Type = JsonSchemaType.String },
                ["value"] = new OpenApiSchema(),
            },
        },
    };

    private static void AddSecurity(OpenApiDocument document, TmfApi api)
    {
        document.Components!.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
        {
            ["bearer"] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http,
                Scheme = "bearer",
                BearerFormat = "JWT",
                Description = $"Scope {Security.Policies.Read} reads, {api.WritePolicy} writes. On loopback without Authentication:Authority nobody is asked.",
            },
        };
        document.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference("bearer", document)] = [] }];
    }
}
