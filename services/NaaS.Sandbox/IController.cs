namespace NaaS.Sandbox;

/// <summary>Something that runs beside the API servers and acts on their objects, as OCM's and Kubernetes' controllers do.</summary>
internal interface IController
{
    /// <summary>Name for logs.</summary>
    string Name { get; }

    /// <summary>Runs until cancelled. An exception is logged and the controller started anew after a moment.</summary>
    Task RunAsync(CancellationToken cancellationToken);
}
