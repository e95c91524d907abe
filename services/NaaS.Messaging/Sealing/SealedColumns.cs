using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using NaaS.Messaging.Storage;

namespace NaaS.Messaging.Sealing;

/// <summary>Columns that hold values or secrets.</summary>
public static class SealedColumns
{
    /// <summary>The sealer of a context's host; none in the tools that write migrations.</summary>
    public static Sealer SealerOf(this DbContextOptions options) =>
        options.ServiceOf<Sealer>() ?? Sealer.None;

    /// <summary>Encrypts a column of text.</summary>
    public static PropertyBuilder<string> IsSealed(this PropertyBuilder<string> column, Sealer sealer) =>
        column.HasConversion(new ValueConverter<string, string>(text => sealer.Seal(text), stored => sealer.Open(stored)));

    /// <summary>Encrypts a column of bytes.</summary>
    public static PropertyBuilder<byte[]?> IsSealed(this PropertyBuilder<byte[]?> column, Sealer sealer) =>
        column.HasConversion(
            new ValueConverter<byte[]?, byte[]>(content => sealer.Seal(content!), stored => sealer.Open(stored)),
            ValueComparer.CreateDefault<byte[]?>(favorStructuralComparisons: true));
}

/// <summary>A context with sealed columns.</summary>
public interface ISealingContext
{
    /// <summary>Encrypts its sealed columns.</summary>
    Sealer Sealer { get; }
}

/// <summary>One model for each sealer: the converters of a model hold their sealer, and one process may have several hosts.</summary>
internal sealed class SealerModelKey : IModelCacheKeyFactory
{
    public object Create(DbContext context, bool designTime) => (context.GetType(), (context as ISealingContext)?.Sealer, designTime);
}
