using Microsoft.OpenApi;
using NaaS.TmfRest.Resources;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace NaaS.TmfRest.Documents;

/// <summary>How the documents are made.</summary>
internal static class DocumentSetup
{
    public static void Configure(SwaggerGenOptions options)
    {
        foreach (var api in TmfApi.All)
        {
            options.SwaggerDoc(api.Number, new OpenApiInfo { Title = api.Title, Version = api.Version });
        }

        options.SupportNonNullableReferenceTypes();
    }
}
