using System.Text.Json.Nodes;
using NaaS.Fulfilment.Bundle;
using NaaS.Fulfilment.Observe;

namespace NaaS.Fulfilment.Tests.Observe;

/// <summary>Works as a real hub showed them.</summary>
public class DeliveredWorkTests
{
    private static DeliveredWork Read(string name, string? part = null)
    {
        Assert.SkipWhen(Shared.Folder is null, "the recordings (shared/ocm/recorded, or NAAS_SHARED) are not here");
        var recorded = JsonNode.Parse(File.ReadAllText(Path.Combine(Shared.Folder, "ocm", "recorded", "manifestwork", name)))!;
        return DeliveredWork.Of((JsonObject)(part is null ? recorded : recorded[part]!));
    }

    [Fact]
    public void Feedback_is_read_by_object()
    {
        var work = Read("60-revision-in-feedback.json");
        work.Applied.ShouldBeTrue();
        var status = work.Objects[new("apps", "Deployment", "w7b", "rev")];
        status.Applied.ShouldBeTrue();
        status.Text("rev").ShouldBe("3");
        status.Number("gen").ShouldBe(4);
        status.Text("progressingReason").ShouldBe("ProgressDeadlineExceeded");
        status.Number("absent").ShouldBeNull();
    }

    [Fact]
    public void An_object_that_cannot_be_applied_says_why()
    {
        var work = Read("20-cannot-apply.json");
        work.Applied.ShouldBeFalse();
        work.Objects[new("", "ConfigMap", "does-not-exist", "lost")].Problem.ShouldNotBeNull().ShouldContain("namespaces \"does-not-exist\" not found");
        work.Objects[new("", "ConfigMap", "w2", "fine")].Applied.ShouldBeTrue();
    }

    [Fact]
    public void A_condition_of_an_older_generation_is_not_believed()
    {
        var work = Read("44-agent-down.json", "updated");
        work.Applied.ShouldBeFalse("its agent was down when the spec changed");
    }

    [Fact]
    public void Our_rules_find_in_a_real_work_what_readiness_asks_for()
    {
        var work = Read("01-full-5-feedback-deployment-ready.json");
        work.Objects[new("apps", "Deployment", "app1", "web")].Text("availableCond").ShouldBe("True");
        work.Objects.ShouldContainKey(new ObjectKey("", "Namespace", "", "app1"));
    }
}
