#!/usr/bin/env bash
# A private PostgreSQL for tests; see rabbitmq.sh for how these scripts are used.
# Its one user is automation, without a password, and its database automation.
#
#   postgres.sh FOLDER PORT
set -euo pipefail
bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1 || true)
if [[ -z $bin ]]; then echo "no postgresql here (Debian: apt-get install postgresql)"; exit 77; fi
if [[ $1 == --missing ]]; then exit 0; fi
folder=$1 port=$2
mkdir -p "$folder"
as=()
if [[ $(id -u) == 0 ]]; then
    chown postgres "$folder"
    as=(setpriv "--reuid=$(id -u postgres)" "--regid=$(id -g postgres)" --clear-groups)
fi
cd "$folder"
if [[ ! -e $folder/data ]]; then
    "${as[@]}" "$bin/initdb" -D "$folder/data" -U automation -A trust -E UTF8 --locale=C --no-instructions >"$folder/initdb.log" 2>&1 || { tail -5 "$folder/initdb.log"; exit 1; }
fi
server=''
set -m

start() {
    "${as[@]}" "$bin/postgres" -D "$folder/data" -p "$port" -k "$folder" -h 127.0.0.1 -c shared_buffers=128MB -c max_connections=200 \
        -c log_min_messages=warning -c jit=off >>"$folder/stdout" 2>&1 </dev/null &
    server=$!
    for _ in {1..300}; do
        if "$bin/psql" -h 127.0.0.1 -p "$port" -U automation -d postgres -qtAc 'select 1' >/dev/null 2>&1; then
            "$bin/createdb" -h 127.0.0.1 -p "$port" -U automation automation 2>/dev/null || true
            echo ready
            return
        fi
        sleep 0.1
    done
    tail -5 "$folder/stdout"; exit 1
}

stop() { # As a crash: nothing is said to the clients, and it recovers when it starts again.
    if [[ -n $server ]]; then thaw 2>/dev/null || true; kill -QUIT "$server" 2>/dev/null || true; wait "$server" 2>/dev/null || true; server=''; fi
}

# All of its processes stand still, as on a machine whose disk does not answer. Connections stay open, and nobody gets an answer.
tell_all() { # tell_all SIGNAL
    local status
    for status in /proc/[0-9]*/status; do
        if grep -qs "^PPid:[[:space:]]*$server\$" "$status"; then kill "-$1" "$(basename "$(dirname "$status")")" 2>/dev/null || true; fi
    done
}

freeze() {
    kill -STOP "$server"
    tell_all STOP
}

thaw() {
    tell_all CONT
    kill -CONT "$server"
}

trap stop EXIT
trap 'exit 143' TERM INT
start
while read -r command; do
    case $command in
        stop) stop; echo stopped ;;
        start) start ;;
        freeze) freeze; echo frozen ;;
        thaw) thaw; echo thawed ;;
    esac
done
