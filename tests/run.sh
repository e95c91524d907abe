#!/usr/bin/env bash
# Installs what the tests need, runs all of them against private servers and prints `N passed, N failed, N skipped` last.
set -euo pipefail
cd "$(dirname "$0")/.."
servers=$(mktemp -d "${TMPDIR:-/tmp}/naas-tests-XXXXXX")
trap 'tests/servers.sh down "$servers"; rm -rf "$servers"' EXIT

# Hundreds of short-lived hosts on few cores: profiles for a second compilation and threads that spin for work only cost time.
export DOTNET_TieredPGO=0 DOTNET_ThreadPool_UnfairSemaphoreSpinLimit=0

build() {
  # One compiler for all projects, warm after the first, in a server of this build's own that ends with it.
  local compiler
  compiler=$(dirname "$(readlink -f "$(command -v dotnet)")")/sdk/$(dotnet --version)/Roslyn/bincore/VBCSCompiler.dll
  dotnet build NaaS.sln --nologo -v quiet -p:UseSharedCompilation=true -p:SharedCompilationId="naas-$$" && code=0 || code=$?
  dotnet "$compiler" -pipename:"naas-$$" -shutdown || true
  return "$code"
}

tests/servers.sh install
build
tests/servers.sh up "$servers"
# shellcheck disable=SC1091
. "$servers/env"

passed=0 failed=0 skipped=0 broken=0
# End to end last: its queues stay on the broker, and a message of another suite would find one.
for project in $(ls -d tests/NaaS.*.Tests | grep -v EndToEnd) tests/NaaS.EndToEnd.Tests; do
  name=$(basename "$project")
  log="$servers/$name.log"
  started=$SECONDS
  "$project/bin/Debug/net10.0/$name" -noColor >"$log" 2>&1 && code=0 || code=$?
  summary=$(grep -oE "Total: [0-9]+, Errors: [0-9]+, Failed: [0-9]+, Skipped: [0-9]+, Not Run: [0-9]+" "$log" | tail -1 || true)
  if [ -z "$summary" ] || [ "$code" != 0 ]; then
    cat "$log"
  fi
  if [ -z "$summary" ]; then
    echo "$name ended with code $code before it could count its tests"
    broken=$((broken + 1))
    continue
  fi
  echo "$name: $summary, $((SECONDS - started)) s"
  read -r total errors failures skips _ <<<"$(echo "$summary" | sed -E 's/[^0-9]+/ /g')"
  failed=$((failed + errors + failures))
  skipped=$((skipped + skips))
  passed=$((passed + total - failures - skips))
done

# Once more at the end, where a reader looks first and a log that is cut still has them.
grep -h -A 15 -F '[FAIL]' "$servers"/*.log | cut -c -400 || true
echo "$passed passed, $((failed + broken)) failed, $skipped skipped"
[ $((failed + broken)) = 0 ]
