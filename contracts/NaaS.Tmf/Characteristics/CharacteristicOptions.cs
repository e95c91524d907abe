using System.IO.Enumeration;

namespace NaaS.Tmf.Characteristics;

/// <summary>What an installation may name or bound otherwise.</summary>
public sealed class CharacteristicOptions
{
    /// <summary>Names of the characteristics that make a service deployable.</summary>
    public DeployableNames Names { get; set; } = new();

    /// <summary>Names or <c>*</c> patterns of characteristics that are secret whatever their specification says.</summary>
    public IList<string> Secrets { get; } = [];

    /// <summary>Longest value in characters.</summary>
    public int LongestValue { get; set; } = 1_000_000;

    /// <summary>Whether the installation marks the characteristic secret.</summary>
    public bool IsSecret(string name) => Secrets.Any(pattern => FileSystemName.MatchesSimpleExpression(pattern, name));
}
