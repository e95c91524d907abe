#!/usr/bin/env bash
# Asks the package feed for known vulnerabilities of every package that the programs use, direct or not. Ends with 0 where there is none, 1 where
# there are some, and 3 where the feed did not answer, which says nothing about the packages.
set -uo pipefail
cd "$(dirname "$0")/.."
report=$(mktemp "${TMPDIR:-/tmp}/naas-dependencies-XXXXXX")
trap 'rm -f "$report"' EXIT

dotnet restore NaaS.sln --nologo -v quiet || exit 3
dotnet list NaaS.sln package --vulnerable --include-transitive >"$report" 2>&1
code=$?
cat "$report"
if grep -q 'has the following vulnerable packages' "$report"; then
  echo "vulnerable packages: see above"
  exit 1
fi
if [ "$code" != 0 ] || ! grep -q 'has no vulnerable packages' "$report" || grep -qE 'NU1900|NU1301|error' "$report"; then
  echo "the feed did not answer, or has no data on vulnerabilities: nothing was checked"
  exit 3
fi
echo "no package with a known vulnerability"
