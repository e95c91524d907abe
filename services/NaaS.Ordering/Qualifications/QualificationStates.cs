using NaaS.Tmf.Qualification;

namespace NaaS.Ordering.Qualifications;

/// <summary>States and results of qualifications, as TMF645 spells them.</summary>
internal static class QualificationStates
{
    public const string InProgress = "inProgress";
    private const string Done = "done";
    private const string Qualified = "qualified";
    private const string Unqualified = "unqualified";

    /// <summary>The item cannot be ordered.</summary>
    public static void Refuse(CheckServiceQualificationItem item, string code, string reason)
    {
        item.State = Done;
        item.QualificationResult = Unqualified;
        item.EligibilityUnavailabilityReason = [new() { Code = code, Label = reason }];
    }

    /// <summary>The item can be ordered.</summary>
    public static void Pass(CheckServiceQualificationItem item)
    {
        item.State = Done;
        item.QualificationResult = Qualified;
    }

    /// <summary>Brings the task up to its items.</summary>
    public static void Draw(CheckServiceQualification task, DateTimeOffset now)
    {
        if (task.ServiceQualificationItem!.Exists(item => item.State != Done))
        {
            task.State = InProgress;
            return;
        }

        task.State = Done;
        task.EffectiveQualificationDate ??= now;
        task.QualificationResult = task.ServiceQualificationItem.TrueForAll(item => item.QualificationResult == Qualified) ? Qualified : Unqualified;
    }
}
