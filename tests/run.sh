#!/usr/bin/env bash
# What a new user types after cloning: get what is missing, build, run every test, sum up.
#
#   tests/run.sh                  everything
#   tests/run.sh --fast           the .NET tests only, no checks against a running server
#   tests/run.sh Core.Tests …     only the named projects or checks (any part of the name)
#
# A check is an executable tests/<name>/run-check.sh. It gets AUTOMATION_SERVER_DLL and counts as one test:
# exit code 0 passed, 77 skipped, anything else failed.
# The last line is "N passed, N failed", and ", N skipped" after it when something was.

set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1 NO_COLOR=1 MSBUILDTERMINALLOGGER=off
export AUTOMATION_SERVER_DLL="$PWD/artifacts/bin/Automation.Server/release/automation.dll"
readonly jobs=${AUTOMATION_TEST_JOBS:-2} limit=${AUTOMATION_TEST_LIMIT:-900}
readonly results="$PWD/artifacts/test-results"

passed=0 failed=0 skipped=0 fast='' policy=''
names=() running=()
for argument in "$@"; do
    case $argument in
        --fast) fast=yes ;;
        -h | --help) sed -n '2,/^$/s/^# \{0,1\}//p' "$0"; exit 0 ;;
        -*) echo "Expected --fast or the names of projects, but found '$argument'." >&2; exit 2 ;;
        *) names+=("$argument") ;;
    esac
done

stop_what_we_started() {
    local group
    for group in "${running[@]}"; do kill -- "-$group" 2>/dev/null || true; done
    if [[ -n $policy ]]; then rm -f "$policy"; fi
}
if ((BASH_VERSINFO[0] * 100 + BASH_VERSINFO[1] < 404)); then echo "Expected bash 4.4 or newer, but this is $BASH_VERSION." >&2; exit 1; fi
trap stop_what_we_started EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# ---- what is needed ------------------------------------------------------------------------------------------------

node_is_recent() { [[ $(node --version 2>/dev/null) =~ ^v([0-9]+) ]] && ((BASH_REMATCH[1] >= 18)) && command -v npm >/dev/null; }
browser_is_there() { command -v chromium chromium-browser google-chrome >/dev/null; }
icu_is_there() { [[ $(uname) == Darwin || $(ldconfig -p 2>/dev/null) == *libicuuc* ]] || compgen -G '/usr/lib*/libicuuc*' >/dev/null || compgen -G '/usr/lib/*/libicuuc*' >/dev/null; }

server_is_there() { # server_is_there PACKAGE
    case $1 in
        postgresql) compgen -G '/usr/lib/postgresql/*/bin/postgres' >/dev/null ;;
        faketime) compgen -G '/usr/lib/*/faketime/libfaketimeMT.so.1' >/dev/null ;;
        rabbitmq-server) [[ -x /usr/lib/rabbitmq/bin/rabbitmq-server ]] ;;
        *) command -v "$1" >/dev/null ;;
    esac
}

# Debian starts a service when its package is installed; a machine that only runs tests wants none of them.
forbid_services() {
    if [[ ! -e /usr/sbin/policy-rc.d ]]; then
        policy=/usr/sbin/policy-rc.d
        printf '#!/bin/sh\nexit 101\n' >"$policy"
        chmod +x "$policy"
    fi
}

install() { # install PACKAGE
    local package=$1
    forbid_services
    apt-get update -qq >"$results/apt.log" 2>&1 || true
    # Debian puts the version of libicu into its package's name.
    if [[ $package == libicu ]]; then package=$(apt-cache search --names-only '^libicu[0-9]+$' | cut -d' ' -f1 | sort -V | tail -1); fi
    echo "== installing $package"
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$package" >>"$results/apt.log" 2>&1 ||
        { echo "apt-get could not install $package:" >&2; tail -5 "$results/apt.log" >&2; }
}

get_what_is_missing() {
    local may=''
    if [[ $(id -u) == 0 ]] && command -v apt-get >/dev/null; then may=yes; fi

    if ! dotnet --version >/dev/null 2>&1; then
        echo "Expected the .NET SDK 10 (global.json names the version), but 'dotnet --version' does not work here." >&2
        echo "Get it at https://dotnet.microsoft.com/download/dotnet/10.0 and run this again." >&2
        exit 1
    fi

    if [[ -n $may ]] && ! icu_is_there; then install libicu; fi
    if [[ -n $may && -z $fast ]] && ! node_is_recent; then
        install nodejs
        # Debian packs npm separately; other packagings of Node.js bring it along and refuse a second one.
        if ! command -v npm >/dev/null; then install npm; fi
    fi

    # The distributed mode is tested against real servers, each private to its tests (tests/servers).
    local server
    for server in postgresql rabbitmq-server redis-server docker-compose faketime; do
        if server_is_there "$server"; then continue; fi
        if [[ -n $may ]]; then install "$server"; fi
        if ! server_is_there "$server"; then echo "Missing: $server (Debian: apt-get install $server). Tests that need it are skipped." >&2; fi
    done
    if [[ -n $may ]] && ! command -v python3 >/dev/null; then install python3; fi
    if [[ -n $may && -z $fast ]] && is_wanted designer && ! browser_is_there; then
        install chromium
        install fonts-noto-cjk
    fi

    if ! icu_is_there; then echo "Missing: libicu, which .NET needs for languages and cultures (Debian: apt-get install libicu72, Fedora: libicu)." >&2; fi
    if [[ -z $fast ]] && ! node_is_recent; then
        echo "Missing: Node.js 18 or newer with npm, for the checks that use JavaScript SDKs (Debian: apt-get install nodejs npm). They are skipped." >&2
    fi
    if ! command -v python3 >/dev/null; then echo "Missing: Python 3, for the sample of a connector in another process (Debian: apt-get install python3). Its test is skipped." >&2; fi
}

# ---- running -------------------------------------------------------------------------------------------------------

is_wanted() {
    local name
    if ((${#names[@]} == 0)); then return 0; fi
    for name in "${names[@]}"; do if [[ $1 == *"$name"* ]]; then return 0; fi; done
    return 1
}

# Every child gets a process group of its own (set -m), so that stopping it stops what it started, by id.
start() { # start LOG COMMAND…
    local log=$1
    shift
    set -m
    timeout --kill-after=10 "$limit" "$@" >"$log" 2>&1 </dev/null &
    running+=($!)
    set +m
}

finish() { # finish PID, sets code
    code=0
    wait "$1" || code=$?
    local left=() group
    for group in "${running[@]}"; do if [[ $group != "$1" ]]; then left+=("$group"); fi; done
    running=("${left[@]}")
    if ((code == 124)); then echo "  stopped after $limit seconds"; fi
}

counter() { grep -o "<Counters [^>]*" "$1" | grep -o " $2=\"[0-9]*\"" | tr -dc '0-9'; }

report_project() { # report_project NAME CODE
    local trx="$results/$1.trx" log="$results/$1.log" total ran good bad
    total=0 ran=0 good=0 bad=0
    if [[ -s $trx ]]; then
        total=$(counter "$trx" total) ran=$(counter "$trx" executed) good=$(counter "$trx" passed) bad=$((ran - good))
        grep -o 'note: [^<]*' "$trx" | sort -u | sed 's/^/  /' || true
    fi
    # A run that broke without a failed test (a crash, a missing file) is a failure all the same.
    if (($2 != 0 && bad == 0)); then bad=1; fi
    if ((bad > 0)); then grep -vE '^\[xUnit|^VSTest version|^Starting test|^A total of|^$|^Results File' "$log" | sed -n 1,200p || true; fi
    printf '  %-32s %5d passed %5d failed %5d skipped%s\n' "$1" "$good" "$bad" "$((total - ran))" "$(took "$log")"
    passed=$((passed + good)) failed=$((failed + bad)) skipped=$((skipped + total - ran))
}

took() { # The time a log was open: since its .start file.
    local begun
    begun=$(cat "$1.start")
    printf '%6d s' "$(($(date +%s) - begun))"
}

run_projects() {
    local project name dll filter queue=() pids=() started=()
    for project in tests/*/*.csproj; do
        name=$(basename "$project" .csproj)
        if grep -q '"xunit"' "$project" && is_wanted "$name"; then queue+=("$name"); fi
    done
    while ((${#queue[@]} + ${#pids[@]} > 0)); do
        while ((${#queue[@]} > 0 && ${#pids[@]} < jobs)); do
            name=${queue[0]} dll="artifacts/bin/${queue[0]}/release/${queue[0]}.dll"
            queue=("${queue[@]:1}")
            date +%s >"$results/$name.log.start"
            filter=()
            if ! server_is_there postgresql; then filter=(--filter 'FullyQualifiedName!~.Postgres.'); fi
            start "$results/$name.log" dotnet test "$dll" "${filter[@]}" --logger "trx;LogFileName=$name.trx" --results-directory "$results"
            pids+=("${running[-1]}") started+=("$name")
        done
        finish "${pids[0]}"
        report_project "${started[0]}" "$code"
        pids=("${pids[@]:1}") started=("${started[@]:1}")
    done
}

run_checks() {
    local check name
    for check in tests/*/run-check.sh; do
        name=$(basename "$(dirname "$check")")
        if [[ ! -x $check ]] || ! is_wanted "$name"; then continue; fi
        date +%s >"$results/$name.log.start"
        start "$results/$name.log" "$check"
        finish "${running[-1]}"
        case $code in
            0) passed=$((passed + 1)) code=passed ;;
            77) skipped=$((skipped + 1)) code=skipped ;;
            *) failed=$((failed + 1)) code=FAILED ;;
        esac
        if [[ $code != passed ]]; then tail -n 60 "$results/$name.log"; fi
        printf '  %-32s %s%s\n' "$name" "$code" "$(took "$results/$name.log")"
    done
}

build() {
    local begun=$SECONDS project wanted=()
    if ((${#names[@]} == 0)); then
        wanted=(Automation.sln)
    else
        for project in tests/*/*.csproj; do if is_wanted "$(basename "$project" .csproj)"; then wanted+=("$project"); fi; done
        if ((${#wanted[@]} == 0)); then wanted=(engine/Automation.Server/Automation.Server.csproj); fi
    fi
    for project in "${wanted[@]}"; do
        echo "== build $project"
        if ! dotnet build "$project" -c Release -v q -nologo -clp:NoSummary >"$results/build.log" 2>&1; then
            grep -E ': (error|warning) ' "$results/build.log" | sort -u | sed -n 1,50p || tail -30 "$results/build.log"
            echo "The build failed."
            echo "0 passed, 1 failed"
            exit 1
        fi
    done
    echo "   $((SECONDS - begun)) s"
}

mkdir -p "$results"
rm -f "$results"/*.trx "$results"/*.log "$results"/*.start
get_what_is_missing
build
echo "== tests"
run_projects
if [[ -z $fast ]]; then
    echo "== checks against a running server"
    run_checks
fi

echo "   all in $SECONDS s"
summary="$passed passed, $failed failed"
if ((skipped > 0)); then summary+=", $skipped skipped"; fi
if ((passed + failed == 0)); then echo "Expected at least one test, but none ran."; fi
echo "$summary"
((failed == 0 && passed > 0))
