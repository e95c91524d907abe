using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using NaaS.OpenSlice.Osom;

namespace NaaS.EndToEnd.Tests.OpenSlice;

/// <summary>A NaaS that runs as processes of its own, in either form.</summary>
internal interface IRunningNaas : IAsyncDisposable
{
    /// <summary>Address of the API.</summary>
    Uri Api { get; }

    /// <summary>Repository of the demo's charts.</summary>
    Uri Charts { get; }

    /// <summary>How OpenSlice reaches it.</summary>
    PartnerAccess OpenSlice { get; }

    /// <summary>What its processes have logged.</summary>
    string Output { get; }

    /// <summary>A token of the catalogue manager.</summary>
    Task<string> ManagerTokenAsync();

    /// <summary>A further simulated cluster joins the hub.</summary>
    Task JoinAsync(string cluster);
}

internal static class RunningNaas
{
    /// <summary>Publishes a specification; its id.</summary>
    public static async Task<string> PublishAsync(this IRunningNaas naas, JsonObject specification)
    {
        var token = TestContext.Current.CancellationToken;
        using var http = new HttpClient { BaseAddress = naas.Api };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await naas.ManagerTokenAsync());
        using var response = await http.PostAsJsonAsync("/tmf-api/serviceCatalogManagement/v4/serviceSpecification", specification, token);
        response.IsSuccessStatusCode.ShouldBeTrue(await response.Content.ReadAsStringAsync(token));
        return (string)(await response.Content.ReadFromJsonAsync<JsonNode>(token))!["id"]!;
    }
}
