using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace NaaS.Hosting.Telemetry;

/// <summary>
/// Traces and metrics of a host. Traces go to <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> where it is set; metrics are read at <c>/metrics</c> by Prometheus.
/// Neither carries values of characteristics: spans and instruments name steps, kinds and ids only.
/// </summary>
public static class TelemetryRegistration
{
    /// <summary>Sources of spans and meters that are ours or that an order passes through.</summary>
    private static readonly string[] Sources = ["NaaS.*", "MassTransit"];

    /// <summary>Registers traces, metrics and, where <c>Logging:Json</c> is set, logs as one JSON object a line.</summary>
    public static WebApplicationBuilder AddNaasTelemetry(this WebApplicationBuilder builder, string service)
    {
        if (builder.Configuration.GetValue("Logging:Json", false))
        {
            builder.Logging.ClearProviders().AddJsonConsole(console => console.UseUtcTimestamp = true);
        }

        var exports = !string.IsNullOrEmpty(builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]);
        builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService(service, serviceInstanceId: Environment.MachineName))
            .WithTracing(traces =>
            {
                traces.AddSource(Sources)
                    .AddAspNetCoreInstrumentation(http => http.Filter = request => !IsProbe(request.Request.Path))
                    // The hub's watches never end and would be spans without end.
                    .AddHttpClientInstrumentation(http => http.FilterHttpRequestMessage = request => request.RequestUri?.Query.Contains("watch=", StringComparison.Ordinal) != true);
                if (exports)
                {
                    traces.AddOtlpExporter();
                }
            })
            .WithMetrics(metrics => metrics
                .AddMeter([.. Sources, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Net.Http", "System.Runtime", "Npgsql"])
                .AddPrometheusExporter());
        return builder;
    }

    /// <summary>Maps <c>/metrics</c>.</summary>
    public static WebApplication MapNaasMetrics(this WebApplication app)
    {
        app.MapPrometheusScrapingEndpoint("/metrics");
        return app;
    }

    private static bool IsProbe(string? path) =>
        path is "/metrics" || path?.StartsWith("/health", StringComparison.Ordinal) == true;
}
