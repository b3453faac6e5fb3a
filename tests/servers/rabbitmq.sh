#!/usr/bin/env bash
# A private RabbitMQ for tests, in its own folder and on ports of its own.
#
#   rabbitmq.sh FOLDER PORT
#   rabbitmq.sh --missing     only says what is missing, if anything
#
# Says "ready" when it takes connections, does what its standard input says line by line (stop, start), answers each
# with "stopped" or "ready", and ends the server when the input ends. So it cannot outlive whoever started it.
# Exit code 77: there is no RabbitMQ on this machine.
set -euo pipefail
readonly script=/usr/lib/rabbitmq/bin/rabbitmq-server
if [[ ! -x $script ]] || ! command -v epmd >/dev/null; then echo "no rabbitmq-server here (Debian: apt-get install rabbitmq-server)"; exit 77; fi
if [[ $1 == --missing ]]; then exit 0; fi
folder=$1 port=$2

mkdir -p "$folder"/{data,log,generated,home}
printf '[].\n' >"$folder/plugins"
cat >"$folder/rabbitmq.conf" <<CONF
listeners.tcp.1 = 127.0.0.1:$port
loopback_users = none
log.file.level = warning
disk_free_limit.absolute = 50MB
vm_memory_high_watermark.relative = 0.6
CONF

export RABBITMQ_NODENAME="test$port@localhost" RABBITMQ_MNESIA_BASE="$folder/data" RABBITMQ_LOG_BASE="$folder/log" \
    RABBITMQ_CONFIG_FILE="$folder/rabbitmq" RABBITMQ_ENABLED_PLUGINS_FILE="$folder/plugins" \
    RABBITMQ_FEATURE_FLAGS_FILE="$folder/feature_flags" RABBITMQ_GENERATED_CONFIG_DIR="$folder/generated" \
    RABBITMQ_DIST_PORT=$((port + 1)) ERL_EPMD_PORT=$((port + 2)) ERL_EPMD_ADDRESS=127.0.0.1 HOME="$folder/home" \
    RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS="-kernel inet_dist_use_interface {127,0,0,1}"

as=()
if [[ $(id -u) == 0 ]]; then
    chown -R rabbitmq "$folder"
    as=(setpriv "--reuid=$(id -u rabbitmq)" "--regid=$(id -g rabbitmq)" --clear-groups)
fi

epmd='' server=''
set -m # Each gets a process group of its own, so that all of it can be ended by its id.
"${as[@]}" epmd -port "$ERL_EPMD_PORT" -address 127.0.0.1 >/dev/null 2>&1 </dev/null &
epmd=$!

start() {
    "${as[@]}" "$script" >"$folder/log/stdout" 2>&1 </dev/null &
    server=$!
    for _ in {1..600}; do
        # A broker that accepts and greets a wrong protocol header is up; one that only listens is not yet.
        if exec 3<>"/dev/tcp/127.0.0.1/$port"; then
            printf 'AMQP\0\0\0\0' >&3
            if [[ $(head -c 4 <&3 | tr -d '\0') == AMQP ]]; then exec 3>&-; echo ready; return; fi
            exec 3>&-
        fi 2>/dev/null
        if ! kill -0 "$server" 2>/dev/null; then tail -20 "$folder/log/stdout"; exit 1; fi
        sleep 0.1
    done
    echo "no answer after a minute"; tail -20 "$folder/log/stdout"; exit 1
}

stop() {
    if [[ -n $server ]]; then kill -KILL -- "-$server" 2>/dev/null || true; wait "$server" 2>/dev/null || true; server=''; fi
}

trap 'stop; kill -KILL -- "-$epmd" 2>/dev/null || true' EXIT
trap 'exit 143' TERM INT
start
while read -r command; do
    case $command in
        stop) stop; echo stopped ;;
        start) start ;;
    esac
done
