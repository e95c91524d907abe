using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using NaaS.Tmf.Json;
using NaaS.Tmf.Shared;
using NaaS.TmfRest.Resources;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace NaaS.TmfRest.Documents;

/// <summary>How the documents are made: names and enumerations as TM Forum spells them, texts from the models' comments.</summary>
internal static class DocumentSetup
{
    public static void AddDocuments(this IServiceCollection services)
    {
        services.AddEndpointsApiExplorer();
        services.AddSwaggerGen(Configure);
        services.AddTransient<ISerializerDataContractResolver>(_ => new JsonSerializerDataContractResolver(TmfJson.Options));
    }

    private static void Configure(SwaggerGenOptions options)
    {
        foreach (var api in TmfApi.All)
        {
            options.SwaggerDoc(api.Number, new OpenApiInfo { Title = api.Title, Version = api.Version, Description = $"{api.Number} {api.Title}, as this server offers it." });
        }

        options.MapType<JsonNode>(() => new OpenApiSchema { Description = "Any JSON value" });
        options.IncludeXmlComments(typeof(Extensible).Assembly);
        options.SchemaFilter<SchemaTexts>();
        options.OperationFilter<ResourceOperations>();
        options.DocumentFilter<DocumentShape>();
    }
}
