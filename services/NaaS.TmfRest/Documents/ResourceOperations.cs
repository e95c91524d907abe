using Microsoft.OpenApi;
using NaaS.Tmf.Shared;
using NaaS.TmfRest.Patches;
using NaaS.TmfRest.Resources;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace NaaS.TmfRest.Documents;

/// <summary>What the kit does for every resource and hub, said once: parameters, bodies, headers, errors.</summary>
internal sealed class ResourceOperations : IOperationFilter
{
    private const string Json = "application/json";
    private static readonly string[] Errors = ["400", "401", "403", "404", "405", "406", "409", "500"];
    private static readonly string[] WritingErrors = [.. Errors, "412", "413", "415"];

    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        var metadata = context.ApiDescription.ActionDescriptor.EndpointMetadata;
        var method = context.ApiDescription.HttpMethod!;
        if (metadata.OfType<ResourceDefinition>().FirstOrDefault() is { } resource)
        {
            Describe(operation, context, resource, method);
        }
        else if (metadata.OfType<TmfApi>().FirstOrDefault() is { } api)
        {
            operation.OperationId = method == "POST" ? "registerListener" : "unregisterListener";
            operation.Summary = method == "POST" ? "Register a listener" : "Unregister a listener";
            if (method == "POST")
            {
                EventSchemas.Describe(operation, context, api);
            }
        }

        if (context.ApiDescription.RelativePath!.EndsWith("{id}", StringComparison.Ordinal))
        {
            Identify(operation);
        }

        context.SchemaGenerator.GenerateSchema(typeof(Error), context.SchemaRepository);
        foreach (var status in method == "GET" ? Errors : WritingErrors)
        {
            operation.Responses!.TryAdd(status, new OpenApiResponse { Description = Reason(status), Content = Content(Ref("Error", context), Json) });
        }
    }

    private static void Describe(OpenApiOperation operation, OperationFilterContext context, ResourceDefinition resource, string method)
    {
        var model = resource.Model.Name;
        var isOne = context.ApiDescription.RelativePath!.EndsWith("{id}", StringComparison.Ordinal);
        switch (method)
        {
            case "GET" when isOne:
                operation.Summary = $"Retrieves a {model} by id";
                Query(operation, "fields", "Attributes to return, besides id and href", JsonSchemaType.String);
                Header(operation, "If-None-Match", "Version that the client has; 304 where it is the present one");
                Answers(operation, "200", "ETag", "The version");
                break;
            case "GET":
                operation.Summary = $"Lists or finds {model} objects";
                operation.Description = "Any attribute is a filter, at any depth: a=x, a=x,y, a.gt=, a.gte=, a.lt=, a.lte=, a.ne=, a.regex=, * in values; "
                    + "filter= takes JSONPath (TMF630 part 6).";
                Query(operation, "fields", "Attributes to return, besides id and href", JsonSchemaType.String);
                Query(operation, "offset", "Index of the first resource", JsonSchemaType.Integer);
                Query(operation, "limit", "Number of resources", JsonSchemaType.Integer);
                Query(operation, "sort", "Attributes to sort by, - for descending", JsonSchemaType.String);
                Query(operation, "filter", "JSONPath conditions that one element of an array must meet together", JsonSchemaType.String);
                Answers(operation, "200", "X-Total-Count", "Number of resources that match");
                Answers(operation, "200", "X-Result-Count", "Number of resources in this answer");
                break;
            case "POST":
                operation.Summary = $"Creates a {model}";
                Body(operation, $"The {model} to be created", Content(Ref($"{model}_Create", context), Json));
                Answers(operation, "201", "Location", "Address of the new resource");
                break;
            case "PATCH":
                operation.Summary = $"Updates partially a {model}";
                var content = Content(Ref($"{model}_Update", context), PatchMedia.Merge, PatchMedia.Json);
                foreach (var (type, media) in Content(Ref("JsonPatch", context), PatchMedia.JsonPatch, PatchMedia.JsonPatchQuery))
                {
                    content[type] = media;
                }

                Body(operation, $"The {model} to be updated", content);
                Header(operation, "If-Match", "Version that the change is meant for; 412 where it is not the present one");
                Answers(operation, "200", "ETag", "The new version");
                break;
            default:
                operation.Summary = $"Deletes a {model}";
                Header(operation, "If-Match", "Version that is to be deleted; 412 where it is not the present one");
                break;
        }
    }

    private static void Identify(OpenApiOperation operation)
    {
        var others = (operation.Parameters ?? []).Where(parameter => parameter.In != ParameterLocation.Path);
        var id = new OpenApiParameter
        {
            Name = "id",
            In = ParameterLocation.Path,
            Required = true,
            Description = "Identifier",
            Schema = new OpenApiSchema { Type = JsonSchemaType.String },
        };
        operation.Parameters = [id, .. others];
    }

    private static void Query(OpenApiOperation operation, string name, string description, JsonSchemaType type) =>
        (operation.Parameters ??= []).Add(new OpenApiParameter
        {
            Name = name,
            In = ParameterLocation.Query,
            Description = description,
            Schema = new OpenApiSchema { Type = type, Minimum = type == JsonSchemaType.Integer ? "0" : null, Format = type == JsonSchemaType.Integer ? "int32" : null },
        });

    private static void Header(OpenApiOperation operation, string name, string description) =>
        (operation.Parameters ??= []).Add(new OpenApiParameter
        {
            Name = name,
            In = ParameterLocation.Header,
            Description = description,
            Schema = new OpenApiSchema { Type = JsonSchemaType.String },
        });

    private static void Answers(OpenApiOperation operation, string status, string header, string description)
    {
        var response = (OpenApiResponse)operation.Responses![status];
        (response.Headers ??= new Dictionary<string, IOpenApiHeader>()).Add(header, new OpenApiHeader
        {
            Description = description,
            Schema = new OpenApiSchema { Type = header.EndsWith("Count", StringComparison.Ordinal) ? JsonSchemaType.Integer : JsonSchemaType.String },
        });
    }

    private static void Body(OpenApiOperation operation, string description, Dictionary<string, IOpenApiMediaType> content) =>
        operation.RequestBody = new OpenApiRequestBody { Required = true, Description = description, Content = content };

    private static Dictionary<string, IOpenApiMediaType> Content(IOpenApiSchema schema, params string[] types) =>
        types.ToDictionary(type => type, IOpenApiMediaType (_) => new OpenApiMediaType { Schema = schema });

    private static OpenApiSchemaReference Ref(string name, OperationFilterContext context) => new(name, context.Document);

    private static string Reason(string status) =>
        Microsoft.AspNetCore.WebUtilities.ReasonPhrases.GetReasonPhrase(int.Parse(status, System.Globalization.CultureInfo.InvariantCulture));
}
