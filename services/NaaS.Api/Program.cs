using NaaS.Api;
using NaaS.Hosting.Telemetry;
using NaaS.Messaging.Bus;

var builder = WebApplication.CreateBuilder(args);
builder.AddNaasTelemetry("naas-api");
builder.AddNaasApi();
builder.Services.AddMessageBus(builder.Configuration);

var app = builder.Build();
app.MapNaasApi();
app.MapNaasMetrics();
await app.RunAsync();
