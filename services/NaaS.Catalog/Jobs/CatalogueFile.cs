using System.Text.Json;
using System.Text.Json.Nodes;
using NaaS.Catalog.Candidates;
using NaaS.Catalog.Publishing;
using NaaS.Catalog.Specifications;
using NaaS.Tmf.Catalog;
using NaaS.Tmf.Json;
using NaaS.Tmf.Shared;
using NaaS.TmfRest.Errors;
using NaaS.TmfRest.Resources;

namespace NaaS.Catalog.Jobs;

/// <summary>
/// The content of imports and exports: a JSON array of resources of one kind, as GET lists them. Ids are kept, so that references between files
/// hold and a file imported twice changes nothing; it is taken whole or not at all.
/// </summary>
internal sealed class CatalogueFile(ResourceStore store, CandidateLinks links, ChartLook charts, Addresses addresses, ResourceDefinitions resources)
{
    private static readonly string[] Kinds = ["serviceSpecification", "serviceCategory", "serviceCandidate", "serviceCatalog"];

    /// <summary>The kind of resource that a job's path names; specifications where it names none.</summary>
    /// <exception cref="InvalidBodyFieldException">It names something else.</exception>
    public static string Resource(string? path)
    {
        var name = path?.Trim('/').Split('/')[^1];
        return string.IsNullOrEmpty(name) ? Kinds[0]
            : Kinds.Contains(name) ? name
            : throw new InvalidBodyFieldException($"path: '{path}' ends with none of {string.Join(", ", Kinds)}");
    }

    /// <summary>How many resources a query selects.</summary>
    public static Task<int> CountAsync(ResourceStore store, string resource, string query, CancellationToken cancellationToken) => resource switch
    {
        "serviceCategory" => store.CountAsync<ServiceCategory>(query, cancellationToken),
        "serviceCandidate" => store.CountAsync<ServiceCandidate>(query, cancellationToken),
        "serviceCatalog" => store.CountAsync<ServiceCatalog>(query, cancellationToken),
        _ => store.CountAsync<ServiceSpecification>(query, cancellationToken),
    };

    /// <summary>Writes what a query selects.</summary>
    public async Task<string> WriteAsync(string resource, string query, CancellationToken cancellationToken)
    {
        IReadOnlyList<TmfResource> found = resource switch
        {
            "serviceCategory" => await store.QueryAsync<ServiceCategory>(query, cancellationToken),
            "serviceCandidate" => await store.QueryAsync<ServiceCandidate>(query, cancellationToken),
            "serviceCatalog" => await store.QueryAsync<ServiceCatalog>(query, cancellationToken),
            _ => await store.QueryAsync<ServiceSpecification>(query, cancellationToken),
        };
        var definition = resources.Find(resource)!;
        var array = new JsonArray([.. found.Select(one => addresses.WithAddress(definition, one.Id!, TmfJson.Write(one)))]);
        return array.ToJsonString(TmfJson.Options);
    }

    /// <summary>Reads a file into the store.</summary>
    /// <exception cref="InvalidBodyException">It is no array of such resources.</exception>
    public Task ReadAsync(string resource, string text, CancellationToken cancellationToken) =>
        EachAsync(text, element => ReadAsync(resource, element, cancellationToken));

    /// <summary>Looks at the charts of the published specifications in a file, before the transaction in which it is read.</summary>
    /// <exception cref="InvalidBodyException">It is no array of such resources.</exception>
    public Task LookAsync(string resource, string text, CancellationToken cancellationToken) => resource != Kinds[0]
        ? Task.CompletedTask
        : EachAsync(text, async element =>
        {
            var specification = Specification(element);
            if (LifeCycle.IsPublished(specification.LifecycleStatus!))
            {
                await charts.LookAsync(specification, cancellationToken);
            }
        });

    private static async Task EachAsync(string text, Func<JsonObject, Task> read)
    {
        var elements = Parse(text);
        for (var index = 0; index < elements.Count; index++)
        {
            try
            {
                var element = elements[index] as JsonObject ?? throw new InvalidBodyException("is no object");
                OlderNames.Replace(element);
                await read(element);
            }
            catch (Exception exception) when (exception is TmfException or JsonException)
            {
                throw new InvalidBodyException($"element {index}: {exception.Message}");
            }
        }
    }

    private async Task ReadAsync(string resource, JsonObject element, CancellationToken cancellationToken)
    {
        switch (resource)
        {
            case "serviceCategory":
                await PutAsync(TmfJson.Read<ServiceCategory>(element), category => category.Name, cancellationToken);
                break;
            case "serviceCandidate":
                var candidate = TmfJson.Read<ServiceCandidate>(element);
                var before = await PutAsync(candidate, candidate => candidate.Name, cancellationToken);
                await links.SyncAsync(before, candidate, cancellationToken);
                break;
            case "serviceCatalog":
                await PutAsync(TmfJson.Read<ServiceCatalog>(element), catalog => catalog.Name, cancellationToken);
                break;
            default:
                var specification = Specification(element);
                if (LifeCycle.IsPublished(specification.LifecycleStatus!))
                {
                    await charts.RequireAsync(specification, cancellationToken);
                }

                await PutAsync(specification, specification => specification.Name, cancellationToken);
                if (specification.LifecycleStatus == LifeCycle.Launched)
                {
                    await links.LaunchAsync(specification, cancellationToken);
                }

                break;
        }
    }

    private static ServiceSpecification Specification(JsonObject element)
    {
        var specification = TmfJson.Read<ServiceSpecification>(element);
        specification.LifecycleStatus = LifeCycle.Read(specification.LifecycleStatus ?? LifeCycle.InStudy);
        var check = new ServiceSpecificationValidator().Validate(specification);
        return check.IsValid ? specification : throw new InvalidBodyFieldException(string.Join("; ", check.Errors.Select(error => error.ErrorMessage)));
    }

    private async Task<T?> PutAsync<T>(T resource, Func<T, string?> name, CancellationToken cancellationToken)
        where T : TmfResource
    {
        if (string.IsNullOrEmpty(name(resource)))
        {
            throw new MissingBodyFieldException("name is missing");
        }

        var stored = string.IsNullOrEmpty(resource.Id) ? null : await store.FindForChangeAsync<T>(resource.Id, cancellationToken);
        if (stored is null)
        {
            store.Insert(resource);
        }
        else
        {
            store.Update(resource);
        }

        return stored;
    }

    private static JsonArray Parse(string text)
    {
        try
        {
            return JsonNode.Parse(text, documentOptions: new JsonDocumentOptions { MaxDepth = TmfJson.MaxDepth, AllowDuplicateProperties = false }) as JsonArray
                ?? throw new InvalidBodyException("The file is no JSON array");
        }
        catch (JsonException exception)
        {
            throw new InvalidBodyException($"The file is no JSON: line {exception.LineNumber + 1}");
        }
    }
}
