#!/usr/bin/env bash
# Starts what docker-compose.yml describes from Debian's own servers, brings one fault after another over it under load, and proves after
# each that nothing was lost, doubled or forgotten.
#
#   tests/cluster/run-check.sh [seed] [fault …]     the names of the files in faults
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

: "${AUTOMATION_SERVER_DLL:=$PWD/../../artifacts/bin/Automation.Server/release/automation.dll}"
export AUTOMATION_SERVER_DLL

if ! [[ $(node --version 2>/dev/null) =~ ^v([0-9]+) ]] || ((BASH_REMATCH[1] < 18)) || ! command -v npm >/dev/null; then
    echo "Skipped: this check needs Node.js 18 or newer with npm."
    exit 77
fi
for server in postgres rabbitmq redis; do
    if ! missing=$(../servers/$server.sh --missing); then
        echo "Skipped: $missing."
        exit 77
    fi
done
if [[ ! -f $AUTOMATION_SERVER_DLL ]]; then
    echo "Expected the built server at $AUTOMATION_SERVER_DLL, but there is none: dotnet build -c Release first." >&2
    exit 1
fi

npm ci --ignore-scripts --no-audit --no-fund --omit-lockfile-registry-resolved --loglevel=error
exec node check.mjs "$@"
