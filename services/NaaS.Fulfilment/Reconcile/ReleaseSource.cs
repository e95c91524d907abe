using NaaS.Fulfilment.Render;
using NaaS.Fulfilment.Translate;

namespace NaaS.Fulfilment.Reconcile;

/// <summary>
/// Fetches the intent's chart and renders it. Throws a <see cref="RefusalException"/> for what the customer can mend, anything else for what may pass.
/// </summary>
internal delegate Task<Release> ReleaseSource(DeploymentIntent intent, RenderContext context, CancellationToken cancellationToken);
