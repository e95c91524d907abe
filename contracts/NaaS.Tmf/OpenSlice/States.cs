namespace NaaS.Tmf.OpenSlice;

/// <summary>
/// Spellings of states. Reading takes any letter case; writing gives OpenSlice the names that its enumerations have, since an
/// unknown one becomes null there.
/// </summary>
public static class States
{
    private static readonly Dictionary<string, string> Orders = new(StringComparer.OrdinalIgnoreCase)
    {
        ["initial"] = "acknowledged",
        ["acknowledged"] = "acknowledged",
        ["rejected"] = "rejected",
        ["pending"] = "pending",
        ["held"] = "held",
        ["inProgress"] = "inProgress",
        ["cancelled"] = "cancelled",
        ["completed"] = "completed",
        ["failed"] = "failed",
        ["partial"] = "partial",
        ["assessingCancellation"] = "assessingCancellation",
        ["pendingCancellation"] = "pendingCancellation",
    };

    private static readonly Dictionary<string, string> Services =
        new[] { "feasibilityChecked", "designed", "reserved", "inactive", "active", "terminated" }
            .ToDictionary(state => state, StringComparer.OrdinalIgnoreCase);

    /// <summary>The TMF641 name of an order's or item's state; an unknown text stays as it is.</summary>
    public static string OfOrder(string text) => Orders.GetValueOrDefault(text, text);

    /// <summary>The TMF638 name of a service's state; an unknown text stays as it is.</summary>
    public static string OfService(string text) => Services.GetValueOrDefault(text, text);

    /// <summary>An order's or item's state for OpenSlice. HELD is left out: its poller has no answer to it.</summary>
    public static string ForOpenSlice(string orderState) => orderState switch
    {
        "assessingCancellation" or "pendingCancellation" => "INPROGRESS",
        "held" => "PENDING",
        _ => orderState.ToUpperInvariant(),
    };

    /// <summary>A service's state for OpenSlice, which never looks again at a service that was inactive once.</summary>
    public static string ServiceForOpenSlice(string serviceState) => serviceState == "inactive" ? "reserved" : serviceState;
}
