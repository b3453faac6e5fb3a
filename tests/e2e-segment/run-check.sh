#!/usr/bin/env bash
# Drives the built server with the real npm package @segment/analytics-node and asserts on the ledger.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

: "${AUTOMATION_SERVER_DLL:=$PWD/../../artifacts/bin/Automation.Server/release/automation.dll}"
export AUTOMATION_SERVER_DLL

if ! [[ $(node --version 2>/dev/null) =~ ^v([0-9]+) ]] || ((BASH_REMATCH[1] < 18)) || ! command -v npm >/dev/null; then
    echo "Skipped: this check needs Node.js 18 or newer with npm."
    exit 77
fi
if [[ ! -f $AUTOMATION_SERVER_DLL ]]; then
    echo "Expected the built server at $AUTOMATION_SERVER_DLL, but there is none: dotnet build -c Release first." >&2
    exit 1
fi

npm ci --ignore-scripts --no-audit --no-fund --omit-lockfile-registry-resolved --loglevel=error
exec node check.mjs
