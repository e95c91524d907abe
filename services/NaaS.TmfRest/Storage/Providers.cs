using Microsoft.EntityFrameworkCore;
using NaaS.TmfRest.Events;

namespace NaaS.TmfRest.Storage;

/// <summary><see cref="TmfDb"/> on SQLite.</summary>
internal sealed class SqliteTmfDb(DbContextOptions<SqliteTmfDb> options, EventWriter events) : TmfDb(options, events);

/// <summary><see cref="TmfDb"/> on PostgreSQL.</summary>
internal sealed class PostgresTmfDb(DbContextOptions<PostgresTmfDb> options, EventWriter events) : TmfDb(options, events);
