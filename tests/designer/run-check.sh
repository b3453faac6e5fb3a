#!/usr/bin/env bash
# The designer: types, unit tests, the API client against the server's OpenAPI, and a journey drawn in a real browser.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

: "${AUTOMATION_SERVER_DLL:=$PWD/../../artifacts/bin/Automation.Server/release/automation.dll}"
export AUTOMATION_SERVER_DLL

if ! node -e 'const [a, b] = process.versions.node.split("."); process.exit(+a > 20 || (+a === 20 && +b >= 19) ? 0 : 1)' 2>/dev/null || ! command -v npm >/dev/null; then
    echo "Skipped: this check needs Node.js 20.19 or newer with npm."
    exit 77
fi
if [[ ! -f $AUTOMATION_SERVER_DLL ]]; then
    echo "Expected the built server at $AUTOMATION_SERVER_DLL, but there is none: dotnet build -c Release first." >&2
    exit 1
fi

(
    cd ../../designer
    # The server's build installs what it needs to build the designer; the tools of this check come on top.
    if [[ ! -d node_modules/vitest || ! -d node_modules/playwright-core || package-lock.json -nt node_modules/.package-lock.json ]]; then
        npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
    fi
    echo "== types"
    npm run --silent typecheck
    echo "== unit tests"
    npm run --silent test
)
exec node check.mjs "$@"
