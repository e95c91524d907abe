using Microsoft.OpenApi;
using NaaS.Tmf.Events;
using NaaS.Tmf.Ordering;
using NaaS.Tmf.Shared;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace NaaS.TmfRest.Documents;

/// <summary>Attributes are left out rather than null, so no schema says nullable; parts say which attributes they need.</summary>
internal sealed class SchemaTexts : ISchemaFilter
{
    private static readonly Dictionary<Type, string[]> Required = new()
    {
        [typeof(ServiceOrderItem)] = ["id", "action", "service"],
        [typeof(Error)] = ["code", "reason"],
        [typeof(EventSubscription)] = ["id", "callback"],
        [typeof(EventSubscriptionInput)] = ["callback"],
    };

    public void Apply(IOpenApiSchema schema, SchemaFilterContext context)
    {
        if (schema is OpenApiSchema { Type: { } type } own)
        {
            own.Type = type & ~JsonSchemaType.Null;
            own.Required = Required.TryGetValue(context.Type, out var required) ? required.ToHashSet(StringComparer.Ordinal) : own.Required;
        }

        foreach (var property in (schema.Properties ?? new Dictionary<string, IOpenApiSchema>()).Values.OfType<OpenApiSchema>())
        {
            property.Type = property.Type & ~JsonSchemaType.Null;
        }
    }
}
