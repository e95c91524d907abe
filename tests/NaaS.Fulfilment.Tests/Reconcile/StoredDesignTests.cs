using NaaS.Fulfilment.Bundle;
using NaaS.Fulfilment.Reconcile;

namespace NaaS.Fulfilment.Tests.Reconcile;

public class StoredDesignTests
{
    [Fact]
    public void A_design_reads_back_as_it_was_written()
    {
        var design = new Designs().At("web", "core").Build();
        var read = StoredDesign.Read(StoredDesign.Write(design));
        read.DeliversSameAs(design).ShouldBeTrue();
        read.Intent.ShouldBe(design.Intent with { Knobs = read.Intent.Knobs, Placement = read.Intent.Placement });
        read.Groups.Select(group => string.Join(" ", group.Objects.Select(ObjectKey.Of))).ShouldBe(design.Groups.Select(group => string.Join(" ", group.Objects.Select(ObjectKey.Of))));
        read.Groups.SelectMany(group => group.Components).Select(component => (component.Id, component.Workload, component.Stateful))
            .ShouldBe(design.Groups.SelectMany(group => group.Components).Select(component => (component.Id, component.Workload, component.Stateful)));
        read.Objects.Count().ShouldBe(design.Objects.Count());
    }
}
