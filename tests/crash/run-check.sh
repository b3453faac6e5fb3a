#!/usr/bin/env bash
# Kills the server again and again under load, and proves that nothing was lost, doubled or forgotten.
#
#   tests/crash/run-check.sh [seed] [rounds]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

: "${AUTOMATION_SERVER_DLL:=$PWD/../../artifacts/bin/Automation.Server/release/automation.dll}"
export AUTOMATION_SERVER_DLL

if ! [[ $(node --version 2>/dev/null) =~ ^v([0-9]+) ]] || ((BASH_REMATCH[1] < 18)); then
    echo "Skipped: this check needs Node.js 18 or newer."
    exit 77
fi
if [[ ! -f $AUTOMATION_SERVER_DLL ]]; then
    echo "Expected the built server at $AUTOMATION_SERVER_DLL, but there is none: dotnet build -c Release first." >&2
    exit 1
fi
exec node check.mjs "$@"
