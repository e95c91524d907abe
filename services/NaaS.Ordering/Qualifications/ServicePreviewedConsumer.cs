using MassTransit;
using NaaS.Contracts;
using NaaS.Tmf.Qualification;
using NaaS.TmfRest.Resources;

namespace NaaS.Ordering.Qualifications;

/// <summary>Takes the worker's answer to a preview.</summary>
internal sealed class ServicePreviewedConsumer(ResourceStore store) : IConsumer<ServicePreviewed>
{
    /// <inheritdoc/>
    public async Task Consume(ConsumeContext<ServicePreviewed> context)
    {
        var answer = context.Message;
        var task = await store.FindForChangeAsync<CheckServiceQualification>(answer.PreviewId.ToString(), context.CancellationToken);
        if (task?.ServiceQualificationItem?.Find(item => item.Id == answer.ItemId) is not { } item)
        {
            return;
        }

        item.Plan = PlanDescription.Of(answer.Plan);
        if (answer.Plan.Outcome == PlanOutcome.Refused)
        {
            QualificationStates.Refuse(item, "plan-refused", answer.Plan.Reason ?? "it would be refused");
        }
        else
        {
            QualificationStates.Pass(item);
        }

        QualificationStates.Draw(task, answer.At);
        store.Update(task);
    }
}
