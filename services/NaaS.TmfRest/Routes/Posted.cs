using System.Reflection;
using System.Text.Json.Nodes;
using FluentValidation;
using NaaS.Tmf.Dialects;
using NaaS.Tmf.Json;
using NaaS.Tmf.Shared;
using NaaS.TmfRest.Errors;
using NaaS.TmfRest.Resources;
using NaaS.TmfRest.Security;

namespace NaaS.TmfRest.Routes;

/// <summary>The body of a POST, read and checked: JSON, names, dialect, mandatory attributes, types, and the resource's validator where there is one.</summary>
/// <param name="Resource">The resource as the client sent it, without what only the server sets.</param>
/// <param name="Body">The same as a document, in TMF v4 names.</param>
/// <param name="Dialect">The client's dialect.</param>
public sealed record Posted<T>(T Resource, JsonObject Body, Dialect Dialect) : IBindableFromHttpContext<Posted<T>>
    where T : TmfResource
{
    /// <summary>Reads the body of a request.</summary>
    public static async ValueTask<Posted<T>?> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        if (RequestBody.MediaType(context.Request) is not "application/json" and { } type)
        {
            throw new UnsupportedMediaTypeException($"{type} cannot be read, application/json can");
        }

        var definition = context.RequestServices.GetRequiredService<ResourceDefinitions>().Of<T>();
        var body = await RequestBody.ReadObjectAsync(context.Request);
        OlderNames.Replace(body);
        var dialect = DialectRoute.Of(context).Dialect;
        body = dialect.ReadCreate(definition.Name, body);
        foreach (var name in definition.NotOnCreate)
        {
            body.Remove(name);
        }

        Ownership.Claim(body, Ownership.Party(context, definition));
        var missing = definition.Required.Where(name => body[name] is null or JsonArray { Count: 0 }).ToList();
        if (missing.Count > 0)
        {
            throw new MissingBodyFieldException($"{string.Join(", ", missing)} {(missing.Count == 1 ? "is" : "are")} missing");
        }

        var resource = JsonErrors.Read<T>(body);
        Shape.Check(context, resource);
        return new Posted<T>(resource, body, dialect);
    }
}

/// <summary>Runs a resource's validator.</summary>
internal static class Shape
{
    /// <summary>Names everything that is wrong at once.</summary>
    public static void Check<T>(HttpContext context, T resource)
    {
        var result = context.RequestServices.GetService<IValidator<T>>()?.Validate(resource);
        if (result is { IsValid: false })
        {
            throw new InvalidBodyFieldException(string.Join("; ", result.Errors.Select(error => error.ErrorMessage)));
        }
    }
}
