using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace NaaS.Hosting.Health;

/// <summary>
/// <c>/health/live</c>: the process answers; it is to be restarted where it does not. <c>/health/ready</c>: each dependency by name, 503 where one
/// is away without which requests fail; the broker is not such a one, since messages wait for it. A dependency that is away is no reason for a
/// restart: everything goes on when it is back.
/// </summary>
public static class HealthEndpoints
{
    /// <summary>Maps both.</summary>
    public static WebApplication MapNaasHealth(this WebApplication app)
    {
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false, ResponseWriter = WriteAsync });
        app.MapHealthChecks("/health/ready", new HealthCheckOptions { ResponseWriter = WriteAsync });
        return app;
    }

    private static Task WriteAsync(HttpContext context, HealthReport report) => context.Response.WriteAsJsonAsync(new
    {
        status = report.Status.ToString(),
        dependencies = report.Entries.ToDictionary(
            entry => entry.Key,
            entry => new { status = entry.Value.Status.ToString(), description = entry.Value.Description, milliseconds = (long)entry.Value.Duration.TotalMilliseconds }),
    });
}
