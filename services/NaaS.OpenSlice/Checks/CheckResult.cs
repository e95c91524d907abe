namespace NaaS.OpenSlice.Checks;

/// <summary>A line of the table of checks.</summary>
/// <param name="Number">1 to 34.</param>
/// <param name="Title">What a partner of OpenSlice must do.</param>
/// <param name="Outcome">Whether this one does.</param>
/// <param name="Detail">What was seen, or why it was not run.</param>
public sealed record CheckResult(int Number, string Title, CheckOutcome Outcome, string Detail);
