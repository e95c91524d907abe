using NaaS.Fulfilment;
using NaaS.Hosting.Health;
using NaaS.Hosting.Telemetry;
using NaaS.Messaging.Bus;

var builder = WebApplication.CreateBuilder(args);
builder.AddNaasTelemetry("naas-worker");
builder.Services.AddFulfilment(builder.Configuration);
builder.Services.AddMessageBus(builder.Configuration);

var app = builder.Build();
app.MapNaasHealth();
app.MapNaasMetrics();
await app.RunAsync();
