namespace NaaS.OpenSlice.Checks;

/// <summary>What came of a check.</summary>
public enum CheckOutcome
{
    /// <summary>It was not run.</summary>
    NotRun,

    /// <summary>It holds.</summary>
    Passed,

    /// <summary>It does not hold.</summary>
    Failed,
}
