using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace NaaS.TmfRest.Documents;

/// <summary>Attributes are left out rather than null, so no schema says nullable.</summary>
internal sealed class SchemaTexts : ISchemaFilter
{
    public void Apply(IOpenApiSchema schema, SchemaFilterContext context)
    {
        if (schema is OpenApiSchema { Type: { } type } own)
        {
            own.Type = type & ~JsonSchemaType.Null;
        }

        foreach (var property in (schema.Properties ?? new Dictionary<string, IOpenApiSchema>()).Values.OfType<OpenApiSchema>())
        {
            property.Type = property.Type & ~JsonSchemaType.Null;
        }
    }
}
