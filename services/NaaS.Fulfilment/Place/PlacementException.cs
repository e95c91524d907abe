namespace NaaS.Fulfilment.Place;

/// <summary>The placement rules do not fit the release, or the release may not be placed.</summary>
public sealed class PlacementException(string message) : RefusalException(message);
