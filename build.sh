#!/usr/bin/env bash
# The one command: build | test [name …] | bench [option …] | run [command …] | fmt
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

verb=${1:-build}
if (($# > 0)); then shift; fi
case $verb in
    build) exec dotnet build Automation.sln -c Release -nologo "$@" ;;
    test) exec tests/run.sh "$@" ;;
    bench) exec dotnet run -c Release --project tests/Automation.Bench -- "$@" ;;
    run) exec dotnet run -c Release --project engine/Automation.Server -- "${@:-demo}" ;;
    fmt) exec dotnet format Automation.sln "$@" ;;
    *) sed -n '2s/^# //p' "$0" >&2; exit 2 ;;
esac
