using NaaS.Helm.Go;
using NaaS.Helm.Values;

namespace NaaS.Helm.Tests.Values;

/// <summary>Arguments of <c>--set</c> that ask for far more than they are long.</summary>
public class SetArgumentBoundTests
{
    [Fact]
    public void High_indexes_inside_each_other_are_refused_before_they_fill_the_memory()
    {
        string argument = "a" + string.Concat(Enumerable.Repeat("[65536]", 4000)) + "=1";
        Should.Throw<HelmException>(() => StringValues.SetTyped(new GoMap(), argument)).Message.ShouldContain("fill more than");
    }

    [Fact]
    public void The_highest_index_alone_is_taken()
    {
        var values = new GoMap();
        StringValues.SetTyped(values, "a[65536]=1");
        ((GoList)values["a"]!).Count.ShouldBe(65537);
    }
}
