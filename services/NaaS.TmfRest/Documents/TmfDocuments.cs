namespace NaaS.TmfRest.Documents;

/// <summary>OpenAPI documents, one for each API, and Swagger UI.</summary>
internal static class TmfDocuments
{
    public static void UseTmfDocuments(this WebApplication app)
    {
        app.UseSwagger(swagger => swagger.RouteTemplate = "openapi/{documentName}.json");
        app.UseSwaggerUI(page =>
        {
            page.RoutePrefix = "swagger";
            foreach (var api in Resources.TmfApi.All)
            {
                page.SwaggerEndpoint($"/openapi/{api.Number}.json", $"{api.Number} {api.Title}");
            }
        });
    }
}
