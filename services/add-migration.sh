#!/usr/bin/env bash
# After a change of tables: services/add-migration.sh NAME writes the migration for each database and provider.
set -euo pipefail
cd "$(dirname "$0")"
add() { # PROJECT HOST CONTEXT CONNECTION FOLDER
  env "ConnectionStrings__$4" dotnet ef migrations add "$name" --no-build --project "$1" --startup-project "$2" --context "$3" --output-dir "Storage/Migrations/$5"
}
name=${1:?a name for the migration}
dotnet build NaaS.Api --nologo -v quiet
dotnet build NaaS.Worker --nologo -v quiet
add NaaS.TmfRest NaaS.Api SqliteTmfDb 'Api=Data Source=design.db' Sqlite
add NaaS.TmfRest NaaS.Api PostgresTmfDb 'Api=Host=design' Postgres
add NaaS.Fulfilment NaaS.Worker SqliteFulfilmentDb 'Worker=Data Source=design.db' Sqlite
add NaaS.Fulfilment NaaS.Worker PostgresFulfilmentDb 'Worker=Host=design' Postgres
dotnet format whitespace --folder . --include NaaS.TmfRest/Storage/Migrations NaaS.Fulfilment/Storage/Migrations --include-generated
