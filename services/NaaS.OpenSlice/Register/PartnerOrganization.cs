using System.Text.Json.Nodes;
using NaaS.OpenSlice.Osom;

namespace NaaS.OpenSlice.Register;

/// <summary>The Organization that stands for us in OpenSlice.</summary>
public static class PartnerOrganization
{
    private const string Prefix = "EXTERNAL_TMFAPI_";
    private const string Status = Prefix + "STATUS";

    /// <summary>What OpenSlice would not get along with, in plain words; empty where all is well.</summary>
    public static IReadOnlyList<string> Problems(PartnerAccess access, string registration)
    {
        List<string> problems = [];
        Add(registration.Length == 0, "the client registration id is empty: OpenSlice then never asks");
        Add(registration.Contains("flowone", StringComparison.OrdinalIgnoreCase), "the client registration id contains \"flowone\", which selects another vendor's code in OpenSlice");
        Add(access.Username.Length == 0, "the user name is empty: OpenSlice then never asks");
        Add(access.ClientId.Length == 0, "the OAuth2 client is empty: OpenSlice then fails");
        Add(access.BaseUrl.AbsolutePath.Contains("/tmf-api", StringComparison.Ordinal), "the base URL must end before /tmf-api: OpenSlice appends it");
        Add(
            !access.CategoryPath.StartsWith("/tmf-api/", StringComparison.Ordinal) || !access.CategoryPath.Contains("/serviceCategory/", StringComparison.Ordinal),
            "the category must be the path of one category, /tmf-api/serviceCatalogManagement/v4/serviceCategory/ID: with a list the whole import fails");
        return problems;

        void Add(bool applies, string problem)
        {
            if (applies)
            {
                problems.Add(problem);
            }
        }
    }

    /// <summary>The Organization as it shall be.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="access">How OpenSlice reaches us.</param>
    /// <param name="registration">Id under which OpenSlice keeps the client.</param>
    /// <param name="before">The Organization as it is; null for a new one. What it has besides stays, since OpenSlice removes what a PATCH leaves out.</param>
    public static JsonObject Of(string name, PartnerAccess access, string registration, JsonObject? before)
    {
        // SERVICE_ORDER_URLS stays empty: with it, OpenSlice sends PATCHes without the order's id.
        var wanted = new Dictionary<string, string>
        {
            ["BASEURL"] = access.BaseUrl.AbsoluteUri.TrimEnd('/'),
            ["CLIENTREGISTRATIONID"] = registration,
            ["OAUTH2CLIENTID"] = access.ClientId,
            ["OAUTH2CLIENTSECRET"] = access.ClientSecret,
            ["OAUTH2SCOPES"] = string.Join(';', access.Scopes),
            ["OAUTH2TOKENURI"] = access.TokenUri.AbsoluteUri,
            ["USERNAME"] = access.Username,
            ["PASSWORD"] = access.Password,
            ["SERVICE_CATALOG_URLS"] = "",
            ["SERVICE_CATEGORY_URLS"] = access.CategoryPath,
            ["SERVICE_SPEC"] = "",
            ["SERVICE_ORDER_URLS"] = "",
        };
        var others = Characteristics(before).Where(one => !wanted.Keys.Any(key => Prefix + key == (string?)one["name"])).Select(one => one.DeepClone());
        return new()
        {
            ["name"] = name,
            ["partyCharacteristic"] = new JsonArray([.. wanted.Select(one => Characteristic(Prefix + one.Key, one.Value)), .. others]),
        };
    }

    /// <summary>What OpenSlice last noted of its import; empty where it has not tried yet.</summary>
    public static string StatusOf(JsonObject organization) => ValueOf(organization, Status);

    /// <summary>The note in plain words, and what to do about it.</summary>
    public static string Explain(string status) => status switch
    {
        "" => "OpenSlice has not tried yet; it imports at each full and half hour.",
        _ when status.Contains("SUCCESS", StringComparison.Ordinal) => $"OpenSlice has imported the catalogue ({status}).",
        _ when status.Contains("NOT_CONFIGURED", StringComparison.Ordinal) => "OpenSlice finds one of client registration id, token URI, user name and base URL empty.",
        _ when status.Contains("4xx", StringComparison.Ordinal) => $"We refused OpenSlice ({status}): check client, secret, user, password, scopes and the id of the category.",
        _ when status.Contains("5xx", StringComparison.Ordinal) => $"We failed OpenSlice ({status}): look into our log at that time.",
        _ when status.Contains("fetchServiceSpecs", StringComparison.Ordinal) => $"OpenSlice could not read what it got ({status}): the category must be one object, and every specification readable; run the check.",
        _ when status.Contains("SSL", StringComparison.Ordinal) => $"OpenSlice does not trust our certificate ({status}): the token endpoint needs one that Java knows.",
        _ when status.Contains("null", StringComparison.Ordinal) => $"OpenSlice could not make a client ({status}): check the token URI and the client registration id.",
        _ => $"OpenSlice notes: {status}",
    };

    /// <summary>Whether the note tells of a failure.</summary>
    public static bool IsBad(string status) => status.Length > 0 && !status.Contains("SUCCESS", StringComparison.Ordinal);

    private static IEnumerable<JsonObject> Characteristics(JsonObject? organization) => (organization?["partyCharacteristic"] as JsonArray ?? []).OfType<JsonObject>();

    private static string ValueOf(JsonObject organization, string name) =>
        Characteristics(organization).Where(one => (string?)one["name"] == name).Select(Jackson.ValueOf).FirstOrDefault() ?? "";

    private static JsonObject Characteristic(string name, string value) => new()
    {
        ["name"] = name,
        ["valueType"] = "TEXT",
        ["value"] = new JsonObject { ["value"] = value, ["alias"] = "" },
    };
}
