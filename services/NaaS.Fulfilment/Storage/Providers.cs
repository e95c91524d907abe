using Microsoft.EntityFrameworkCore;

namespace NaaS.Fulfilment.Storage;

/// <summary><see cref="FulfilmentDb"/> on SQLite.</summary>
internal sealed class SqliteFulfilmentDb(DbContextOptions<SqliteFulfilmentDb> options) : FulfilmentDb(options);

/// <summary><see cref="FulfilmentDb"/> on PostgreSQL.</summary>
internal sealed class PostgresFulfilmentDb(DbContextOptions<PostgresFulfilmentDb> options) : FulfilmentDb(options);
