namespace NaaS.TmfRest.Security;

/// <summary>Names of the authorisation policies; each demands the scope of the same name.</summary>
public static class Policies
{
    /// <summary>Manage the catalogue.</summary>
    public const string Catalogue = "naas.catalogue";

    /// <summary>Order, and change services.</summary>
    public const string Order = "naas.order";

    /// <summary>Read.</summary>
    public const string Read = "naas.read";

    /// <summary>Look after the installation: dead letters, undelivered notifications, stuck services, audit. Demands the operator scope.</summary>
    public const string Operate = "naas.operate";
}
