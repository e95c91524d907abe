using NaaS.Contracts;

namespace NaaS.Fulfilment.Preview;

/// <summary>The customer agreed to a plan that is not the one any more.</summary>
internal sealed class PlanChangedException(string characteristic, ServicePlan plan)
    : RefusalException($"{characteristic}: the plan has changed since it was agreed to ({plan.Reason ?? "it is now " + plan.Digest}); preview it again");
