using NaaS.Fulfilment.Translate;
using NaaS.Helm.Releases;

namespace NaaS.Fulfilment.Render;

/// <summary>Knobs as Helm's single values.</summary>
internal static class KnobValues
{
    /// <summary>
    /// The single values: every explicit knob, and a default one only where the values document is silent about its path. The type follows the
    /// specification's value type.
    /// </summary>
    public static IReadOnlyList<SetValue> Of(DeploymentIntent intent)
    {
        var document = ValuesDocument.Read(intent.Values);
        return
        [
            .. intent.Knobs
                .Where(knob => !knob.IsDefault || !ValuesDocument.Gives(document, knob.Path))
                .Select(knob => new SetValue(knob.Path, knob.Value, KindOf(knob))),
        ];
    }

    private static SetKind KindOf(Knob knob) => Knobs.Kind(knob.ValueType) switch
    {
        KnobKind.Text => SetKind.Text,
        KnobKind.Real or KnobKind.Json => SetKind.Json,
        _ => SetKind.Typed,
    };
}
