using NaaS.Helm.Command;
using NaaS.Helm.Releases;

namespace NaaS.Fulfilment.Render;

/// <summary>What renders charts.</summary>
public enum RendererKind
{
    /// <summary>This process: <see cref="BuiltInRenderer"/>.</summary>
    BuiltIn,

    /// <summary>The <c>helm</c> command: <see cref="HelmCommandRenderer"/>, with its weaknesses.</summary>
    HelmCommand,
}
