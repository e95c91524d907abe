using NaaS.ClusterHub.Clusters;
using NaaS.Contracts;
using NaaS.Fulfilment.Tests.Place;

namespace NaaS.Fulfilment.Tests.Reconcile;

/// <summary>
/// Generated histories: whatever is ordered, whatever fails and wherever a worker dies, the service converges to what was wanted last, never loses a last
/// ready copy on the way (the world checks that at each step), and leaves nothing when it ends.
/// </summary>
public class PlannerHistoryTests
{
    private const int Histories = 250;
    private static readonly string[] Locations = ["edge", "core", "cloud"];

    [Fact]
    public void Every_history_converges()
    {
        for (var seed = 0; seed < Histories; seed++)
        {
            try
            {
                Live(new Random(seed));
            }
            catch (Exception exception)
            {
                throw new InvalidOperationException($"history {seed}: {exception.Message}", exception);
            }
        }
    }

    private static void Live(Random random)
    {
        var world = new PlannerWorld { Random = random };
        world.Want(Wanted(random));
        for (var i = random.Next(10, 120); i > 0; i--)
        {
            Happen(world, random);
        }

        world.SchedulerMisconfigured = false;
        world.SchedulerSilent = false;
        world.SilentAgents.Clear();
        foreach (var cluster in new[] { Clusters.C1, Clusters.C2, Clusters.C3 })
        {
            world.Clusters[cluster.Name] = cluster;
        }

        // Everywhere is the one rule that any state satisfies without moving data.
        world.Want(new Designs { Recreate = true, Images = new Dictionary<string, string> { ["web"] = "web:last", ["cart"] = "cart:1", ["db"] = "db:1" } });
        world.Settle().Rollout.ShouldBe(Rollout.Good);
        world.Serves("web").ShouldBeTrue();
        foreach (var workload in new[] { "web", "cart", "db" })
        {
            world.Running(workload).Count().ShouldBe(1, $"{workload} runs once; {world.State}");
        }

        world.Placements.ShouldBe(1);
        world.Want(null);
        world.Settle().Rollout.ShouldBe(Rollout.Terminated);
        world.IsEmpty.ShouldBeTrue(world.State);
    }

    private static void Happen(PlannerWorld world, Random random)
    {
        switch (random.Next(24))
        {
            case < 10:
                world.Step(dies: random.Next(5) == 0);
                break;
            case < 18:
                world.Move();
                break;
            case 18:
                if (random.Next(3) == 0 && world.CanWithdraw)
                {
                    world.Withdraw();
                }
                else
                {
                    world.Want(Wanted(random));
                }

                break;
            case 19:
                world.SchedulerMisconfigured = random.Next(2) == 0;
                break;
            case 20:
                world.SchedulerSilent = random.Next(2) == 0;
                break;
            case 21:
                _ = random.Next(2) == 0 ? world.SilentAgents.Add("c" + random.Next(1, 4)) : world.SilentAgents.Remove("c" + random.Next(1, 4));
                break;
            case 22:
                world.Clusters.Remove("c" + random.Next(1, 4));
                break;
            default:
                var name = "c" + random.Next(1, 4);
                world.Clusters[name] = Clusters.Of(name, ("location", Locations[random.Next(3)]));
                break;
        }
    }

    private static Designs Wanted(Random random)
    {
        var designs = new Designs
        {
            Everywhere = random.Next(3) == 0 ? Locations[random.Next(3)] : null,
            Recreate = random.Next(3) == 0,
            Replicas = random.Next(1, 3),
            Extra = random.Next(3) == 0 ? "{apiVersion: v1, kind: Secret, metadata: {name: more, namespace: shop}}" : "",
        };
        foreach (var workload in new[] { "web", "cart", "db" }.Where(_ => designs.Everywhere is null && random.Next(2) == 0))
        {
            designs = designs.At(workload, Locations[random.Next(3)]);
        }

        foreach (var workload in new[] { "web", "cart" }.Where(_ => random.Next(3) == 0))
        {
            designs = designs.With(workload, random.Next(3) == 0 ? "does-not-exist:1" : $"{workload}:{random.Next(9)}");
        }

        return designs;
    }
}
