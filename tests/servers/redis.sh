#!/usr/bin/env bash
# A private Redis for tests; see rabbitmq.sh for how these scripts are used.
#
#   redis.sh FOLDER PORT
set -euo pipefail
if ! command -v redis-server >/dev/null; then echo "no redis-server here (Debian: apt-get install redis-server)"; exit 77; fi
if [[ $1 == --missing ]]; then exit 0; fi
folder=$1 port=$2
mkdir -p "$folder"
server=''
set -m

start() {
    redis-server --bind 127.0.0.1 --port "$port" --dir "$folder" --save '' --appendonly no >"$folder/stdout" 2>&1 </dev/null &
    server=$!
    for _ in {1..100}; do
        if exec 3<>"/dev/tcp/127.0.0.1/$port"; then exec 3>&-; echo ready; return; fi 2>/dev/null
        sleep 0.05
    done
    tail -5 "$folder/stdout"; exit 1
}

stop() {
    if [[ -n $server ]]; then kill -KILL -- "-$server" 2>/dev/null || true; wait "$server" 2>/dev/null || true; server=''; fi
}

trap stop EXIT
trap 'exit 143' TERM INT
start
while read -r command; do
    case $command in
        stop) stop; echo stopped ;;
        start) start ;;
    esac
done
