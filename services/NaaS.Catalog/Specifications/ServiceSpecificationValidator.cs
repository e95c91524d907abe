using System.Text.RegularExpressions;
using FluentValidation;
using NaaS.Tmf.Catalog;

namespace NaaS.Catalog.Specifications;

/// <summary>The shape of a specification: what is wrong in it by itself, all causes at once.</summary>
internal sealed class ServiceSpecificationValidator : AbstractValidator<ServiceSpecification>
{
    private static readonly string[] Intervals = ["open", "closed", "closedBottom", "closedTop"];

    public ServiceSpecificationValidator()
    {
        RuleFor(specification => specification.Name).NotEmpty().WithMessage("name is missing");
        RuleFor(specification => specification.SpecCharacteristic).Must(HaveNames).WithMessage("specCharacteristic: each needs a name of its own");
        RuleForEach(specification => specification.SpecCharacteristic).Must(HaveBounds).WithMessage(
            (_, characteristic) => $"specCharacteristic[{characteristic.Name}]: minCardinality is above maxCardinality, or negative");
        RuleForEach(specification => specification.SpecCharacteristic).Must(HaveExpressions).WithMessage(
            (_, characteristic) => $"specCharacteristic[{characteristic.Name}]: regex is no regular expression");
        RuleForEach(specification => specification.SpecCharacteristic).Must(HaveRanges).WithMessage(
            (_, characteristic) => $"specCharacteristic[{characteristic.Name}]: valueFrom is above valueTo, or rangeInterval is none of {string.Join(", ", Intervals)}");
        RuleForEach(specification => specification.SpecCharacteristic).Must((specification, characteristic) => Unknown(specification, characteristic).Count == 0).WithMessage(
            (specification, characteristic) => $"specCharacteristic[{characteristic.Name}].charSpecRelationship: there is no characteristic {string.Join(", ", Unknown(specification, characteristic))}");
        RuleForEach(specification => specification.ServiceSpecRelationship).Must(relationship => !string.IsNullOrEmpty(relationship.RelationshipType)).WithMessage(
            "serviceSpecRelationship: relationshipType is missing");
    }

    // Only what orders are held to must be there: relationships of other kinds, or to other specifications, may name what we do not know.
    private static List<string?> Unknown(ServiceSpecification specification, CharacteristicSpecification? characteristic) =>
    [
        .. (characteristic?.CharSpecRelationship ?? [])
            .Where(relationship => relationship.RelationshipType?.ToUpperInvariant() is "DEPENDENCY" or "EXCLUSIVITY")
            .Where(relationship => string.IsNullOrEmpty(relationship.ParentSpecificationId) || relationship.ParentSpecificationId == specification.Id)
            .Select(relationship => relationship.Name)
            .Where(name => specification.SpecCharacteristic?.Exists(one => one?.Name == name) != true),
    ];

    private static bool HaveNames(List<CharacteristicSpecification>? characteristics) =>
        characteristics is null || (characteristics.TrueForAll(characteristic => !string.IsNullOrWhiteSpace(characteristic?.Name))
            && characteristics.Select(characteristic => characteristic.Name).Distinct(StringComparer.Ordinal).Count() == characteristics.Count);

    private static bool HaveBounds(CharacteristicSpecification? characteristic) =>
        characteristic is null
        || ((characteristic.MinCardinality ?? 0) >= 0 && (characteristic.MaxCardinality is not { } most || most <= 0 || (characteristic.MinCardinality ?? 0) <= most));

    private static bool HaveExpressions(CharacteristicSpecification? characteristic) =>
        characteristic is null
        || (characteristic.CharacteristicValueSpecification ?? []).Select(value => value?.Regex).Append(characteristic.Regex)
            .Where(expression => !string.IsNullOrEmpty(expression)).All(expression => IsExpression(expression!));

    private static bool HaveRanges(CharacteristicSpecification? characteristic) =>
        characteristic is null
        || (characteristic.CharacteristicValueSpecification ?? []).All(value => value is null
            || (!(value.ValueFrom > value.ValueTo) && (string.IsNullOrEmpty(value.RangeInterval) || Intervals.Contains(value.RangeInterval))));

    private static bool IsExpression(string expression)
    {
        try
        {
            _ = new Regex(expression, RegexOptions.CultureInvariant);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
