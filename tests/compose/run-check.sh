#!/usr/bin/env bash
# docker-compose.yml as docker-compose itself reads it: every service is there, and every setting of ours is one that the server knows.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

if ! command -v docker-compose >/dev/null; then
    echo "Skipped: there is no docker-compose here (Debian: apt-get install docker-compose)."
    exit 77
fi

if docker-compose config -q 2>/dev/null; then echo "Expected it to ask for AUTOMATION_SECRET_KEY, but it did not." >&2; exit 1; fi
AUTOMATION_SECRET_KEY=$(head -c 32 /dev/zero | base64)
export AUTOMATION_SECRET_KEY
read_as=$(docker-compose config)

services=$(docker-compose --profile watch config --services | sort | tr '\n' ' ')
wanted='api collector dispatcher grafana postgres prometheus rabbitmq redis worker-1 worker-2 '
if [[ $services != "$wanted" ]]; then echo "Expected the services $wanted, but found $services." >&2; exit 1; fi

for name in $(grep -o 'AUTOMATION_[A-Z_]*' <<<"$read_as" | sort -u); do
    key=${name#AUTOMATION_}
    if ! grep -q "new(\"${key,,}\"" engine/Automation.Server/Configuration/Setting.cs; then
        echo "Expected settings that the server knows, but $name is none." >&2
        exit 1
    fi
done

# Every project that the server needs must be copied before it is restored.
for project in $(grep -ho '\.\./Automation\.[A-Za-z]*/' engine/Automation.Server/Automation.Server.csproj | sort -u); do
    name=$(basename "$project")
    if ! grep -q "engine/$name/$name.csproj" Dockerfile; then echo "Expected Dockerfile to copy $name, but it does not." >&2; exit 1; fi
done
echo "docker-compose.yml holds: $services"
