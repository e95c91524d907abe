using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using NaaS.Contracts;
using NaaS.Messaging.Inbox;

namespace NaaS.Messaging.Tests;

/// <summary>Every message of NaaS.Contracts, whole and with a field missing.</summary>
public sealed class MessageCheckTests
{
    private static readonly Cause Cause = new(CauseKind.Order, "order", "1");
    private static readonly ServiceCharacteristic[] Characteristics = [new("cpu", "INTEGER", "", false)];

    public static TheoryData<object> Messages =>
    [
        new ChangeService(Guid.NewGuid(), 1, "cms", Characteristics, Cause),
        new TerminateService(Guid.NewGuid(), 1, Cause),
        new RetryService(Guid.NewGuid(), 1, Cause),
        new RollBackService(Guid.NewGuid(), 1, 1, Cause),
        new SteerRollout(Guid.NewGuid(), Steering.Hold, 0, null),
        new EvacuateCluster("c1", true),
        new PreviewService(Guid.NewGuid(), "1", null, "cms", Characteristics, []),
        new ServicePreviewed(Guid.NewGuid(), "1", new ServicePlan(PlanOutcome.Create), DateTimeOffset.UnixEpoch),
        new ServiceReported(
            Guid.NewGuid(),
            1,
            1,
            1,
            Cause,
            Rollout.Good,
            null,
            [new(Guid.NewGuid(), "Deployment", "default", "web", null, null, 0, 1, ComponentState.Reserved, null)],
            DateTimeOffset.UnixEpoch) { Delivered = new(null, null, new Dictionary<string, IReadOnlyList<string>> { ["c1"] = ["x"] }) },
    ];

    [Theory, MemberData(nameof(Messages))]
    public void A_whole_one_is_taken_and_one_that_lacks_a_field_is_not(object message)
    {
        MessageCheck.Problem(message).ShouldBeNull();
        var nullability = new NullabilityInfoContext();
        foreach (var property in message.GetType().GetProperties().Where(property => !property.PropertyType.IsValueType && nullability.Create(property).ReadState == NullabilityState.NotNull))
        {
            MessageCheck.Problem(Without(message, property.Name)!).ShouldBe($"{message.GetType().Name}.{JsonNamingPolicy.CamelCase.ConvertName(property.Name)} is missing");
        }

        foreach (var id in message.GetType().GetProperties().Where(property => property.PropertyType == typeof(Guid)))
        {
            MessageCheck.Problem(Without(message, id.Name)!).ShouldBe($"{message.GetType().Name}.{JsonNamingPolicy.CamelCase.ConvertName(id.Name)} is missing");
        }
    }

    // As it comes when a sender has left the field out, or sent null where that is no value.
    private static object? Without(object message, string field)
    {
        var json = JsonSerializer.SerializeToNode(message, message.GetType())!.AsObject();
        json[field] = null;
        if (message.GetType().GetProperty(field)!.PropertyType == typeof(Guid))
        {
            json.Remove(field);
        }

        return json.Deserialize(message.GetType());
    }
}
