namespace NaaS.Helm.Json;

/// <summary>A number as it is written, Go's <c>json.Number</c>.</summary>
/// <param name="Text">The literal.</param>
internal sealed record JsonNumber(string Text)
{
    public override string ToString() => Text;
}
