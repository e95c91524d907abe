using NaaS.Fulfilment.Translate;

namespace NaaS.Fulfilment.Tests.Translate;

public class MaintenanceWindowTests
{
    [Theory]
    [InlineData("02:00-04:00", "2026-11-24T03:00:00Z", "2026-11-24T03:00:00Z")]
    [InlineData("02:00-04:00", "2026-11-24T04:00:00Z", "2026-11-25T02:00:00Z")]
    [InlineData("Sat,Sun 22:00-02:00", "2026-11-24T12:00:00Z", "2026-11-28T22:00:00Z")]
    [InlineData("Sat,Sun 22:00-02:00", "2026-11-30T01:00:00Z", "2026-11-30T01:00:00Z")]
    [InlineData("Sat,Sun 22:00-02:00", "2026-11-30T02:00:00Z", "2026-12-05T22:00:00Z")]
    [InlineData("Mon-Fri 01:00-03:00 Europe/Berlin", "2026-11-24T12:00:00Z", "2026-11-25T00:00:00Z")]
    [InlineData("Fri-Mon 01:00-03:00", "2026-11-24T12:00:00Z", "2026-11-27T01:00:00Z")]
    public void It_opens_next(string window, string now, string opens) =>
        MaintenanceWindow.Parse(window).NextOpen(At(now)).ShouldBe(At(opens));

    [Theory]
    [InlineData("at night")]
    [InlineData("Sum 02:00-04:00")]
    [InlineData("25:00-26:00")]
    [InlineData("02:00-04:00 Middle/Earth")]
    public void What_is_none_is_refused(string window) => Should.Throw<FormatException>(() => MaintenanceWindow.Parse(window));

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
