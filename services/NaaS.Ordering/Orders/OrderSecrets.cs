using Microsoft.Extensions.Options;
using NaaS.Tmf.Characteristics;
using NaaS.Tmf.Ordering;
using NaaS.Tmf.Shared;
using NaaS.TmfRest.Ports;
using NaaS.TmfRest.Resources;
using NaaS.TmfRest.Rules;

namespace NaaS.Ordering.Orders;

/// <summary>Keeps secrets out of what is stored of an order: what is needed of them lies in the plan and with the service.</summary>
internal sealed class OrderSecrets(ResourceStore store, KnownSpecifications specifications, IServiceInventory inventory, IOptions<CharacteristicOptions> options)
{
    /// <summary>Replaces the value of each secret characteristic by <c>***</c>.</summary>
    public Task MaskAsync(ServiceOrder order, CancellationToken cancellationToken) =>
        MaskAsync(order.AllItems().Select(item => item.Service), cancellationToken);

    /// <inheritdoc cref="MaskAsync(ServiceOrder, CancellationToken)"/>
    public async Task MaskAsync(IEnumerable<ServiceRefOrValue?> services, CancellationToken cancellationToken)
    {
        foreach (var service in services.Where(service => service?.ServiceCharacteristic is { Count: > 0 }))
        {
            var secret = await NamesAsync(service!, cancellationToken);
            service!.ServiceCharacteristic =
                [.. service.ServiceCharacteristic!.Select(one => secret.Contains(one.Name ?? "") || options.Value.IsSecret(one.Name ?? "") ? Masked(one) : one)];
        }
    }

    private async Task<IReadOnlySet<string>> NamesAsync(ServiceRefOrValue ordered, CancellationToken cancellationToken)
    {
        var specification = ordered.ServiceSpecification?.Id;
        if (specification is null && ordered.Id is { } id)
        {
            specification = (await inventory.FindAsync(id, cancellationToken))?.ServiceSpecification?.Id;
        }

        return specification is not null && await specifications.FindAsync(store, specification, cancellationToken) is { } found
            ? found.Rules.SecretNames()
            : new HashSet<string>();
    }

    private static Characteristic Masked(Characteristic secret) =>
        new() { Id = secret.Id, Name = secret.Name, ValueType = secret.ValueType, Value = ValueText.Masked };
}
