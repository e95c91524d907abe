using Microsoft.OpenApi;
using NaaS.Tmf.Events;
using NaaS.TmfRest.Resources;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace NaaS.TmfRest.Documents;

/// <summary>
/// The events of an API, as callbacks of its hub: what the official file lists as listener paths is served by clients, not by us.
/// </summary>
internal static class EventSchemas
{
    public static void Describe(OpenApiOperation operation, OperationFilterContext context, TmfApi api)
    {
        operation.Callbacks = new Dictionary<string, IOpenApiCallback>();
        foreach (var (resource, eventType) in Types(context.ApiDescription.ActionDescriptor.EndpointMetadata.OfType<EventCatalogue>().Single().Resources, api))
        {
            var listener = new OpenApiCallback();
            listener.AddPathItem(RuntimeExpression.Build("{$request.body#/callback}"), Listener(context.Document, eventType));
            operation.Callbacks[$"{char.ToLowerInvariant(eventType[0])}{eventType[1..]}"] = listener;
            AddSchemas(context, resource, eventType);
        }
    }

    /// <summary>All event types of an API with the resources that they carry.</summary>
    public static IEnumerable<(ResourceDefinition Resource, string EventType)> Types(ResourceDefinitions resources, TmfApi api) =>
        resources.All.Where(resource => resource.Api == api).OrderBy(resource => resource.Name, StringComparer.Ordinal).SelectMany(resource =>
            new[] { resource.Events.Create, resource.Events.Change, resource.Events.StateChange, resource.Events.Delete }
                .OfType<string>().Concat(resource.RaisedEvents).Select(eventType => (resource, eventType)));

    private static OpenApiPathItem Listener(OpenApiDocument document, string eventType)
    {
        var item = new OpenApiPathItem();
        item.AddOperation(HttpMethod.Post, new OpenApiOperation
        {
            OperationId = $"listenTo{eventType}",
            RequestBody = new OpenApiRequestBody
            {
                Required = true,
                Content = new Dictionary<string, IOpenApiMediaType> { ["application/json"] = new OpenApiMediaType { Schema = new OpenApiSchemaReference(eventType, document) } },
            },
            Responses = new OpenApiResponses { ["2XX"] = new OpenApiResponse { Description = "Notified" } },
        });
        return item;
    }

    private static void AddSchemas(OperationFilterContext context, ResourceDefinition resource, string eventType)
    {
        context.SchemaGenerator.GenerateSchema(resource.Model, context.SchemaRepository);
        context.SchemaGenerator.GenerateSchema(typeof(TmfEvent), context.SchemaRepository);
        var envelope = (OpenApiSchema)context.SchemaRepository.Schemas[nameof(TmfEvent)];
        var attributes = new Dictionary<string, IOpenApiSchema>(envelope.Properties!) { ["event"] = new OpenApiSchemaReference($"{eventType}Payload", context.Document) };
        if (!eventType.Contains("AttributeValueChange", StringComparison.Ordinal) && !eventType.Contains("InformationRequired", StringComparison.Ordinal))
        {
            attributes.Remove("fieldPath");
        }

        context.SchemaRepository.Schemas[eventType] = new OpenApiSchema { Type = JsonSchemaType.Object, Description = "The notification data structure", Properties = attributes };
        context.SchemaRepository.Schemas[$"{eventType}Payload"] = new OpenApiSchema
        {
            Type = JsonSchemaType.Object,
            Description = "The event data structure",
            Properties = new Dictionary<string, IOpenApiSchema> { [resource.Name] = new OpenApiSchemaReference(resource.Model.Name, context.Document) },
        };
    }
}

/// <summary>Metadata of a hub: the resources whose events it gives.</summary>
internal sealed record EventCatalogue(ResourceDefinitions Resources);
