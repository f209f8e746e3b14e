# The demo's PostgreSQL and Redis: started, waited for, stopped by process id. Sourced by dev.
#
# A process is recorded as "pid, start time, data folder", so that a pid that somebody else got in the meantime, or a
# record that came along in a copy of the checkout, is never signalled.
# shellcheck shell=bash disable=SC2154

postgres_programs=/usr/lib/postgresql/15/bin

# start_time_of PID: in clock ticks since boot; fails when there is no such process (a dead one not yet reaped is none).
start_time_of() {
  local line fields
  { line=$(<"/proc/${1:-none}/stat"); } 2>/dev/null || return 1
  read -ra fields <<<"${line##*) }"
  [ "${fields[0]}" != Z ] && echo "${fields[19]}"
}

# process_of NAME: the pid of this service, fails when it does not run.
process_of() {
  local pid started folder
  read -r pid started folder 2>/dev/null <"$data/state/$1.process" || return 1
  [ "$folder" = "$data" ] && [ "$(start_time_of "$pid")" = "$started" ] && echo "$pid"
}

# start_process NAME SIGNAL COMMAND...: in a session of its own, so that Ctrl-C reaches dev alone, which stops things in
# order. SIGNAL is what the process gets should dev be killed without a chance to do that.
start_process() {
  local name=$1 signal=$2
  shift 2
  rm -f "$data/log/$name.log"
  (
    cd "$data" || exit
    [ -z "$account" ] || export HOME=$data
    exec setsid setpriv "${as_account[@]}" --pdeathsig "$signal" "$@"
  ) </dev/null >"$data/log/$name.log" 2>&1 {lock}>&- &
  keep_state "$name.process" "$! $(start_time_of $!) $data"
}

# stop_process NAME SIGNAL SECONDS
stop_process() {
  local pid deadline=$((SECONDS + $3))
  pid=$(process_of "$1") || return 0
  kill -s "$2" "$pid" 2>/dev/null || true
  while process_of "$1" >/dev/null; do
    if [ $SECONDS -ge $deadline ]; then
      note "$1 did not stop within $3 seconds, killing it"
      kill -s KILL -- "-$pid" 2>/dev/null || true # its whole session: start_process gave it one
      deadline=$((SECONDS + 5))
    fi
    sleep 0.05
  done
  rm -f "$data/state/$1.process"
}

# wait_until NAME SECONDS COMMAND...: until the command succeeds; gives up when service NAME ends or time is over.
wait_until() {
  local name=$1 deadline=$((SECONDS + $2))
  shift 2
  until "$@"; do
    process_of "$name" >/dev/null || die "$name ended: $(last_words "$name")"
    [ $SECONDS -lt $deadline ] || die "$name did not become ready in time, see .local/log/$name.log"
    sleep 0.05
  done
}

# last_words NAME: the end of its log on one line.
last_words() {
  printf '%s(see .local/log/%s.log)' "$(tail -n 3 "$data/log/$1.log" | tr '\n' ' ')" "$1"
}

start_services() {
  step "starting PostgreSQL and Redis"
  stop_services # what a killed dev may have left running
  start_postgres
  start_redis
}

stop_services() {
  stop_process redis TERM 10
  stop_process postgres INT 60
}

start_postgres() {
  [ -x "$postgres_programs/postgres" ] || die "PostgreSQL 15 is not in $postgres_programs"
  [ -e "$data/postgres/data/PG_VERSION" ] || create_cluster
  start_process postgres INT "$postgres_programs/postgres" -D "$data/postgres/data" \
    -c listen_addresses='' -c unix_socket_directories="\"$sockets\"" -c unix_socket_permissions=0700 \
    -c jit=off -c shared_buffers=128MB
  wait_until postgres 120 "$postgres_programs/pg_isready" --quiet --username foyer --host "$sockets"
  local found
  found=$(postgres_query postgres "select 1 from pg_database where datname = 'foyer'")
  [ -n "$found" ] || postgres_query postgres "create database foyer" >/dev/null
}

# The cluster is made beside its place and moved there whole: a half-made one is never taken for one.
create_cluster() {
  local fresh=$data/postgres/fresh
  rm -rf "$fresh"
  (
    cd "$data/postgres"
    setpriv "${as_account[@]}" "$postgres_programs/initdb" --no-sync --auth=trust --username=foyer \
      --encoding=UTF8 --locale=C.UTF-8 --pgdata="$fresh" >"$data/log/initdb.log" 2>&1
  ) || die "initdb failed: $(last_words initdb)"
  mv "$fresh" "$data/postgres/data"
}

# postgres_query DATABASE SQL
postgres_query() {
  "$postgres_programs/psql" --no-psqlrc --quiet --tuples-only --no-align --set ON_ERROR_STOP=1 \
    --host "$sockets" --username foyer --dbname "$1" --command "$2"
}

# Redis' port is chosen once and kept, and chosen anew when somebody else has it.
start_redis() {
  local attempt port_file=$data/state/redis.port
  for attempt in 1 2 3 4 5; do
    if ! redis_port=$(cat "$port_file" 2>/dev/null) || something_listens 127.0.0.1 "$redis_port"; then
      redis_port=$((20000 + RANDOM % 12000))
      if something_listens 127.0.0.1 "$redis_port"; then continue; fi
      keep_state redis.port "$redis_port"
    fi
    start_process redis TERM redis-server --bind 127.0.0.1 --port "$redis_port" --dir "$data/redis" \
      --save '' --appendonly no
    if (wait_until redis 20 redis_is_ours) 2>/dev/null; then return; fi
    rm -f "$port_file"
  done
  die "redis did not start after $attempt attempts: $(last_words redis)"
}

redis_is_ours() {
  local pid
  pid=$(process_of redis) || return 1
  redis-cli -h 127.0.0.1 -p "$redis_port" info server 2>/dev/null | grep -q "^process_id:$pid"$'\r'
}

# something_listens HOST PORT
something_listens() {
  (exec 3<>"/dev/tcp/$1/$2") 2>/dev/null
}
