using NaaS.Api;
using NaaS.Messaging.Bus;

var builder = WebApplication.CreateBuilder(args);
builder.AddNaasApi();
builder.Services.AddMessageBus(builder.Configuration);

var app = builder.Build();
app.MapNaasApi();
await app.RunAsync();
