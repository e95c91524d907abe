using System.Text.Json;
using NJsonSchema;
using YamlDotNet.Core;
using YamlDotNet.Serialization;

namespace NaaS.Standalone.Tests;

public sealed class ComposeFileTests
{
    private static string Json { get; } = JsonSerializer.Serialize(new DeserializerBuilder().WithAttemptingUnquotedStringTypeDeserialization().Build()
        .Deserialize<object>(new MergingParser(new Parser(new StringReader(File.ReadAllText(Repository.Path("docker-compose.yml")))))));

    [Fact]
    public async Task The_compose_file_fits_the_schema_of_the_compose_specification()
    {
        var schemaFile = Environment.GetEnvironmentVariable("NAAS_COMPOSE_SCHEMA");
        Assert.SkipWhen(schemaFile is null, "NAAS_COMPOSE_SCHEMA is not set; tests/run.sh sets it");
        var schema = await JsonSchema.FromJsonAsync(await File.ReadAllTextAsync(schemaFile!, TestContext.Current.CancellationToken), TestContext.Current.CancellationToken);

        schema.Validate(Json).Select(error => error.ToString()).ShouldBeEmpty();
    }

    [Fact]
    public void Every_file_that_the_compose_file_names_is_there()
    {
        using var compose = JsonDocument.Parse(Json);
        foreach (var service in compose.RootElement.GetProperty("services").EnumerateObject())
        {
            if (service.Value.TryGetProperty("build", out var build))
            {
                var dockerfile = File.ReadAllText(Repository.Path(build.GetProperty("dockerfile").GetString()!));
                dockerfile.ShouldContain($" AS {build.GetProperty("target").GetString()}\n");
            }

            foreach (var volume in service.Value.TryGetProperty("volumes", out var volumes) ? volumes.EnumerateArray().ToList() : [])
            {
                var source = volume.GetString()!.Split(':')[0];
                if (source.StartsWith("./", StringComparison.Ordinal))
                {
                    File.Exists(Repository.Path(source)).ShouldBeTrue($"{service.Name} mounts {source}");
                }
            }
        }
    }
}
