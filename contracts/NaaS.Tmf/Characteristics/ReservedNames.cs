namespace NaaS.Tmf.Characteristics;

/// <summary>Names that no customer can order.</summary>
public static class ReservedNames
{
    /// <summary>What the read-only characteristics of a running service start with.</summary>
    public const string StatusPrefix = "status.";

    private static readonly HashSet<string> OpenSlices = ["EXEC_ACTION", "externalPartnerServiceId", "externalServiceOrderId"];

    /// <summary>Why a specification or an order may not use the name, or null. OpenSlice keeps its own book in some characteristics.</summary>
    public static string? Complaint(string name)
    {
        if (OpenSlices.Contains(name))
        {
            return "is a reserved name";
        }

        return name.Contains("::", StringComparison.Ordinal) ? "a name cannot contain '::'" : null;
    }

    /// <summary>Whether the platform alone writes it, so that what a client sends back of it is left aside.</summary>
    public static bool IsStatus(string name) => name.StartsWith(StatusPrefix, StringComparison.Ordinal);
}
