namespace NaaS.Helm.Charts;

/// <summary>An archive or folder is no chart that Helm would load; the message is Helm's.</summary>
public class ChartException(string message, Exception? inner = null) : HelmException(message, inner);

/// <summary>A chart is larger than the limits allow, packed or unpacked.</summary>
public sealed class ChartTooLargeException(string message) : ChartException(message);

/// <summary>An archive is damaged: it cannot be unpacked, or its digest is not the one that was announced.</summary>
public sealed class ChartCorruptException(string message, Exception? inner = null) : ChartException(message, inner);
