using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace NaaS.Messaging.Storage;

/// <summary>Services of a context's host. Contexts are pooled, so their constructors take nothing but the options.</summary>
public static class ContextServices
{
    /// <summary>A singleton of the context's host; null in tools that have no host.</summary>
    public static T? ServiceOf<T>(this DbContextOptions options)
        where T : class => options.FindExtension<CoreOptionsExtension>()?.ApplicationServiceProvider?.GetService<T>();
}
