using System.Collections.Frozen;
using NaaS.Tmf.Shared;

namespace NaaS.TmfRest.Resources;

/// <summary>All resources of this host.</summary>
public sealed class ResourceDefinitions(IEnumerable<ResourceDefinition> definitions)
{
    private readonly FrozenDictionary<Type, ResourceDefinition> byModel = definitions.ToFrozenDictionary(definition => definition.Model);
    private readonly FrozenDictionary<string, ResourceDefinition> byName = definitions.ToFrozenDictionary(definition => definition.Name, StringComparer.Ordinal);

    /// <summary>All of them.</summary>
    public IEnumerable<ResourceDefinition> All => byModel.Values;

    /// <summary>The definition of a model.</summary>
    public ResourceDefinition Of<T>()
        where T : TmfResource => Of(typeof(T));

    /// <inheritdoc cref="Of{T}"/>
    public ResourceDefinition Of(Type model) =>
        byModel.TryGetValue(model, out var definition) ? definition : throw new InvalidOperationException($"{model.Name} is not registered as a resource.");

    /// <summary>The definition of a name; null where there is none.</summary>
    public ResourceDefinition? Find(string name) => byName.GetValueOrDefault(name);
}
