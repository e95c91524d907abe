using System.Text.Json.Nodes;
using NaaS.OpenSlice.Client;
using NaaS.OpenSlice.Osom;

namespace NaaS.OpenSlice.Register;

/// <summary>Makes us a partner organization of an OpenSlice.</summary>
public sealed class Registration : IDisposable
{
    private readonly OpenSliceClient client;

    /// <summary>Opens a connection; nothing is sent yet.</summary>
    public Registration(OpenSliceAccess access, TimeProvider clock) => client = new OpenSliceClient(access, clock);

    /// <summary>Creates the Organization, or updates the one of that name.</summary>
    /// <returns>Whether it is new, and the Organization as OpenSlice has it now.</returns>
    /// <exception cref="HttpRequestException">OpenSlice, or its Keycloak, refused or did not answer.</exception>
    public async Task<(bool IsNew, JsonObject Organization)> RegisterAsync(
        string name, PartnerAccess access, string registration, CancellationToken cancellationToken)
    {
        try
        {
            var before = await FindAsync(name, cancellationToken);
            var organization = PartnerOrganization.Of(name, access, registration, before);
            var stored = before is null
                ? await client.Api.PostOrganizationAsync(organization, cancellationToken)
                : await client.Api.PatchOrganizationAsync(IdOf(before), organization, cancellationToken);
            return (before is null, stored);
        }
        catch (Refit.ApiRequestException failure) when (failure.InnerException is HttpRequestException unreached)
        {
            throw new HttpRequestException(unreached.Message, failure, unreached.StatusCode);
        }
        catch (Refit.ApiException refusal)
        {
            throw new HttpRequestException($"{refusal.HttpMethod} {refusal.Uri} answered {(int)refusal.StatusCode}", refusal, refusal.StatusCode);
        }
    }

    /// <inheritdoc />
    public void Dispose() => client.Dispose();

    // Rows of OpenSlice's lists are not whole.
    private async Task<JsonObject?> FindAsync(string name, CancellationToken cancellationToken)
    {
        var rows = await client.Api.GetOrganizationsAsync(cancellationToken);
        var row = rows.OfType<JsonObject>().FirstOrDefault(one => (string?)one["name"] == name);
        return row is null ? null : await client.Api.GetOrganizationAsync(IdOf(row), cancellationToken);
    }

    private static string IdOf(JsonObject organization) => (string?)organization["id"] ?? (string)organization["uuid"]!;
}
