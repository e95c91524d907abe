using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using NaaS.Helm.Command;
using NaaS.Helm.Releases;

namespace NaaS.Fulfilment.Tests.Render;

/// <summary>Which renderer the configuration chooses.</summary>
public class RendererChoiceTests
{
    [Fact]
    public void The_built_in_renderer_is_the_default() => Renderer().ShouldBeOfType<BuiltInRenderer>();

    [Fact]
    public void The_helm_command_is_chosen_by_configuration() =>
        Renderer(("Fulfilment:Renderer", "HelmCommand"), ("Fulfilment:HelmCommand:Program", "sh")).ShouldBeOfType<HelmCommandRenderer>();

    [Fact]
    public void A_helm_command_that_is_not_there_is_refused_at_start() => Should.Throw<OptionsValidationException>(
        () => Renderer(("Fulfilment:Renderer", "HelmCommand"), ("Fulfilment:HelmCommand:Program", "/no/such/helm"))).Message.ShouldContain("Fulfilment:HelmCommand:Program");

    [Fact]
    public void Bounds_and_capabilities_come_from_the_configuration()
    {
        using var services = Services(
            ("Fulfilment:RenderLimits:Time", "00:00:05"), ("Fulfilment:RenderLimits:Depth", "50"), ("Fulfilment:KubeVersion", "v1.30.1"), ("Fulfilment:ApiVersions:0", "example.org/v1"));
        var options = services.GetRequiredService<IOptions<FulfilmentOptions>>().Value;
        options.RenderLimits.ShouldBe(new RenderLimits { Time = TimeSpan.FromSeconds(5), Depth = 50 });
        (options.KubeVersion, options.ApiVersions.Single()).ShouldBe(("v1.30.1", "example.org/v1"));
    }

    private static IReleaseRenderer Renderer(params (string Key, string Value)[] settings)
    {
        using var services = Services(settings);
        return services.GetRequiredService<IReleaseRenderer>();
    }

    private static ServiceProvider Services(params (string Key, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value))).Build();
        return new ServiceCollection().AddFulfilment(configuration).BuildServiceProvider();
    }
}
