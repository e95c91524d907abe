using NaaS.Helm.Templates;

namespace NaaS.Helm.Go;

/// <summary>A pointer to Go's <c>time.Location</c>.</summary>
internal sealed class GoLocation(GoZone zone) : EngineObject
{
    public GoZone Zone => zone;

    public override string TypeName => "*time.Location";

    public override string Kind => "ptr";

    public override string? Text => zone.Name;

    public override object? JsonValue => new GoFields();

    public override GoFunction? Method(string name) => name == "String" ? Bind(name, () => zone.Name) : null;
}
