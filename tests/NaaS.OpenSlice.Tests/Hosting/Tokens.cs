using NaaS.OpenSlice.Osom;

namespace NaaS.OpenSlice.Tests.Hosting;

/// <summary>The users of an API that gives out its own tokens: OpenSlice, which may order, and a manager.</summary>
internal static class Tokens
{
    public static IEnumerable<(string, string)> Settings =>
    [
        ("Authentication:Embedded:Clients:0:Id", "openslice"), ("Authentication:Embedded:Clients:0:Secret", "partner secret"),
        ("Authentication:Embedded:Users:0:Name", "osl-partner"), ("Authentication:Embedded:Users:0:Password", "partner password"),
        ("Authentication:Embedded:Users:0:Scopes", "naas.order"),
        ("Authentication:Embedded:Users:1:Name", "manager"), ("Authentication:Embedded:Users:1:Password", "manager password"),
        ("Authentication:Embedded:Users:1:Scopes", "naas.read naas.order naas.catalogue"),
    ];

    /// <summary>How OpenSlice reaches the API.</summary>
    public static PartnerAccess OpenSlice(Uri api) => Of(api, "osl-partner", "partner password") with { Scopes = ["openid", "naas.order"] };

    public static PartnerAccess Manager(Uri api) => Of(api, "manager", "manager password");

    private static PartnerAccess Of(Uri api, string user, string password) =>
        new(new Uri(api, "/openslice"), new Uri(api, "/connect/token"), "openslice", "partner secret", user, password) { CategoryPath = PartnerAccess.NaasCategory };
}
