namespace NaaS.Fulfilment.Render;

/// <summary>The chart does not render with these values, or what it renders cannot be delivered.</summary>
public sealed class RenderException(string message, Exception? inner = null) : RefusalException(message, inner);
