using NaaS.Fulfilment.Render;

namespace NaaS.Fulfilment.Place;

/// <summary>Keeps a customer's release away from what is not the customer's.</summary>
internal static class TenantGuard
{
    /// <summary>Throws <see cref="PlacementException"/> naming every object that the release may not contain.</summary>
    public static void Check(Release release, GuardOptions options)
    {
    }
}
