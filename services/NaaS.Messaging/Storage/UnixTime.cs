using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace NaaS.Messaging.Storage;

/// <summary>Stores an instant as milliseconds since 1970, which both databases compare and index alike (SQLite cannot compare DateTimeOffset).</summary>
public sealed class UnixTime() : ValueConverter<DateTimeOffset, long>(
    instant => instant.ToUnixTimeMilliseconds(), milliseconds => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds));
