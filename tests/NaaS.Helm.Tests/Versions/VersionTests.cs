using NaaS.Helm.Versions;

namespace NaaS.Helm.Tests.Versions;

/// <summary>Answers are those of helm 4.1.4: <c>semverCompare</c>.</summary>
public sealed class VersionTests
{
    [Theory]
    [InlineData("^1.2.3", "1.9.0", true)]
    [InlineData("^0.2.3", "0.3.0", false)]
    [InlineData("^0.0.3", "0.0.4", false)]
    [InlineData("^0.0", "0.0.9", true)]
    [InlineData("^0", "0.9.1", true)]
    [InlineData("~1.2", "1.3.0", false)]
    [InlineData("~1", "1.9.9", true)]
    [InlineData("1.2.x", "1.2.7", true)]
    [InlineData("*", "1.0.0-beta", false)]
    [InlineData("*", "0.0.1", true)]
    [InlineData(">=1.2-0", "1.3.0-rc.1", true)]
    [InlineData(">=1.2", "1.3.0-rc.1", false)]
    [InlineData("<1.2.3-0", "1.2.3-rc1", false)]
    [InlineData(">=1.0.0-0, <2.0.0", "1.5.0-rc.1", true)]
    [InlineData("1.0 - 2.0", "2.0.5", true)]
    [InlineData("!=1.2.x", "1.2.4", false)]
    [InlineData(">1.2", "1.2.9", false)]
    [InlineData("<=1.2", "1.2.9", true)]
    [InlineData("<1 || >=2", "2.1.0", true)]
    [InlineData(">= 1.2 , < 3", "2", true)]
    [InlineData("1.2.3", "v1.2.3+build", true)]
    public void A_range_accepts_what_helm_accepts(string range, string version, bool accepted) =>
        VersionConstraint.Parse(range).Accepts(SemanticVersion.Parse(version)).ShouldBe(accepted);

    [Theory]
    [InlineData("")]
    [InlineData("abc")]
    [InlineData(">=")]
    [InlineData("1.2.3.4")]
    public void What_is_no_range_is_refused(string range) => Should.Throw<HelmException>(() => VersionConstraint.Parse(range)).Message.ShouldStartWith("improper constraint: ");

    [Theory]
    [InlineData("1.2.3.4", "invalid semantic version")]
    [InlineData("abc", "invalid semantic version")]
    [InlineData("1.0.0-01", "version segment starts with 0")]
    public void What_is_no_version_is_refused(string version, string error) => Should.Throw<HelmException>(() => SemanticVersion.Parse(version)).Message.ShouldBe(error);

    [Fact]
    public void Versions_are_ordered_by_precedence()
    {
        string[] ordered = ["1.0.0-1", "1.0.0-alpha", "1.0.0-alpha.1", "1.0.0-alpha.beta", "1.0.0-beta.2", "1.0.0-beta.11", "1.0.0-rc.1", "1.0.0", "1.02", "1.10", "v2"];

        ordered.Reverse().Select(SemanticVersion.Parse).Order().Select(v => v.Original).ShouldBe(ordered);
    }

    [Fact]
    public void A_long_hostile_range_is_judged_at_once()
    {
        var hostile = string.Concat(Enumerable.Repeat("1.2.3-a ", 5000)) + "!";

        VersionConstraint.TryParse(hostile, out _).ShouldBeFalse();
    }
}
