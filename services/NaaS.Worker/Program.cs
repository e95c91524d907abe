using NaaS.Fulfilment;
using NaaS.Messaging.Bus;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddFulfilment(builder.Configuration);
builder.Services.AddMessageBus(builder.Configuration);

var app = builder.Build();
app.MapHealthChecks("/health/live", new() { Predicate = _ => false });
app.MapHealthChecks("/health/ready");
await app.RunAsync();
