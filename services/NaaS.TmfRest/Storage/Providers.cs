using Microsoft.EntityFrameworkCore;

namespace NaaS.TmfRest.Storage;

/// <summary><see cref="TmfDb"/> on SQLite.</summary>
internal sealed class SqliteTmfDb(DbContextOptions<SqliteTmfDb> options) : TmfDb(options);

/// <summary><see cref="TmfDb"/> on PostgreSQL.</summary>
internal sealed class PostgresTmfDb(DbContextOptions<PostgresTmfDb> options) : TmfDb(options);
