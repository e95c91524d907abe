using System.Text.Json.Nodes;
using NaaS.OpenSlice.Osom;

namespace NaaS.EndToEnd.Tests.OpenSlice;

/// <summary>A peered organization as Maestro keeps it: OpenSlice's idea with names of its own.</summary>
internal static class MaestroPeer
{
    private const string Prefix = "EXTERNAL_TMF_API_";

    public static JsonObject Organization(PartnerAccess access) => new()
    {
        ["name"] = "NaaS",
        ["partyCharacteristic"] = new JsonArray(
            One("PEERED_ORGANIZATION", "true"),
            One(Prefix + "BASE_URL", access.BaseUrl.AbsoluteUri),
            One(Prefix + "USERNAME", access.Username),
            One(Prefix + "PASSWORD", access.Password),
            One(Prefix + "OAUTH2_TOKEN_URI", access.TokenUri.AbsoluteUri),
            One(Prefix + "OAUTH2_SCOPES", string.Join(';', access.Scopes)),
            One(Prefix + "OAUTH2_CLIENT_ID", access.ClientId),
            One(Prefix + "OAUTH2_CLIENT_SECRET", access.ClientSecret),
            One(Prefix + "CLIENT_REGISTRATION_ID", "naas")),
    };

    public static PartnerAccess Access(JsonObject organization)
    {
        var values = organization["partyCharacteristic"]!.AsArray().ToDictionary(one => (string)one!["name"]!, one => (string)one!["value"]!["value"]!);
        return new(
            new Uri(values[Prefix + "BASE_URL"]),
            new Uri(values[Prefix + "OAUTH2_TOKEN_URI"]),
            values[Prefix + "OAUTH2_CLIENT_ID"],
            values[Prefix + "OAUTH2_CLIENT_SECRET"],
            values[Prefix + "USERNAME"],
            values[Prefix + "PASSWORD"])
        {
            Scopes = values[Prefix + "OAUTH2_SCOPES"].Split(';'),
        };
    }

    private static JsonObject One(string name, string value) =>
        new() { ["name"] = name, ["valueType"] = "TEXT", ["value"] = new JsonObject { ["value"] = value, ["alias"] = "" } };
}
