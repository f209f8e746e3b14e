# The demo: services, migrations, catalogue, two nodes of the program; and the program with the demo's settings.
# Sourced by dev.
# shellcheck shell=bash disable=SC2154

serving=no

command_run() {
  [ $# -eq 0 ] || die "run takes no arguments; settings go by environment, see ./dev help"
  require_supported_system
  choose_address
  prepare_data
  claim_data_for_run
  require_free_address
  require_packages build run
  trap 'end_run' EXIT
  trap 'interrupt_run' INT TERM HUP
  build_program
  start_services
  export_settings
  step "bringing the database up to date"
  "$program" migrate
  load_catalogue
  start_server
  announce
  watch_server
}

choose_address() {
  address=${FOYER_LISTEN:-127.0.0.1:8080}
  host=${address%:*}
  port=${address##*:}
  [[ $address == *:* && $port =~ ^[0-9]+$ ]] || die "FOYER_LISTEN must be host:port, not '$address'"
  # Who listens on all addresses is reached on this machine by the loopback one.
  case $host in 0.0.0.0 | '[::]' | '') host=127.0.0.1 ;; esac
  public_url=${FOYER_PUBLIC_URL:-http://$host:$port}
}

claim_data_for_run() {
  local holder pid
  if lock_data run 0; then return; fi
  read -r holder pid < <(holder_of_data) || die "another ./dev works with ./.local; try again in a moment"
  [ "$holder" = run ] || die "./dev $holder works with ./.local (process $pid); try again when it has ended"
  die "the demo is running already (process $pid); ./dev stop stops it"
}

require_free_address() {
  ! something_listens "${host//[][]/}" "$port" ||
    die "port $port on $host is taken by another program; choose one: FOYER_LISTEN=127.0.0.1:8090 ./dev run"
}

# export_settings: what the program needs to find the demo's services.
export_settings() {
  local quoted=${sockets//\\/\\\\}
  export FOYER_DATABASE_URL="host='${quoted//\'/\\\'}' dbname=foyer user=foyer"
  export FOYER_REDIS_URL="redis://127.0.0.1:$redis_port"
  export FOYER_LISTEN=$address
  export FOYER_PUBLIC_URL=$public_url
}

# Both imports may be repeated without doubles; the checksum only saves their time.
load_catalogue() {
  local catalogue=$checkout/deploy/catalogue loaded=$data/state/catalogue checksum
  checksum=$(cat "$catalogue/films.jsonl" "$catalogue/threads.jsonl" | sha256sum)
  [ "$checksum" != "$(cat "$loaded" 2>/dev/null)" ] || return 0
  step "loading the starter catalogue"
  "$program" import films "$catalogue/films.jsonl"
  "$program" import threads "$catalogue/threads.jsonl"
  keep_state catalogue "$checksum"
}

start_server() {
  local runnable=$program
  if ! account_can_read "$program"; then
    runnable=$data/program/foyer
    mkdir -p "$data/program"
    cp -f "$program" "$runnable.new"
    mv -f "$runnable.new" "$runnable"
    chmod 755 "$data/program" "$runnable"
  fi
  step "starting two nodes"
  serving=yes
  start_process server TERM "$runnable" serve --workers 2
  wait_until server 60 answers_ready
}

answers_ready() {
  local line
  (
    exec 3<>"/dev/tcp/${host//[][]/}/$port"
    printf 'GET /readyz HTTP/1.1\r\nHost: %s:%s\r\nConnection: close\r\n\r\n' "$host" "$port" >&3
    read -r -t 5 line <&3
    [[ $line == 'HTTP/1.1 200'* ]]
  ) 2>/dev/null
}

announce() {
  cat <<TEXT

  Foyer is open: $public_url

  1. Register a member at $public_url/register
  2. Make it a moderator: ./dev foyer user role NAME moderator
  3. Open a film in two windows, write a comment in one, and see it arrive in the other

  Ctrl-C stops everything; the data stay. The server's log: .local/log/server.log
TEXT
}

watch_server() {
  local status=0
  wait "$(process_of server)" || status=$?
  die "the server ended with status $status: $(last_words server)"
}

# A signal while the demo is up is its normal end; earlier it breaks the start off.
interrupt_run() {
  trap '' INT TERM HUP
  if [ $serving = yes ]; then exit 0; fi
  exit 130
}

end_run() {
  local status=$?
  set +e
  trap '' INT TERM HUP
  if process_of postgres >/dev/null; then step "stopping"; fi
  stop_process server TERM 40
  stop_services
  rm -f "$data/state/holder"
  exit $status
} >&2

command_stop() {
  [ $# -eq 0 ] || die "stop takes no arguments"
  [ -d "$checkout/.local/" ] || die "the demo is not running"
  prepare_data
  local holder pid
  read -r holder pid < <(holder_of_data) || die "the demo is not running"
  [ "$holder" = run ] || die "the demo is not running"
  kill -s TERM "$pid"
  while holder_of_data >/dev/null; do sleep 0.1; done
  step "stopped"
}

# The program with the demo's settings. Its own output and input stay untouched: what dev itself says goes to stderr.
command_foyer() {
  choose_address
  if [ ! -x "$program" ]; then
    require_packages build run >&2
    build_program >&2
  fi
  case " $* " in *" --help "* | *" -h "* | *" --version "* | "  ") exec "$program" "$@" ;; esac
  prepare_data >&2
  if lock_data foyer 0; then
    foyer_with_own_services "$@"
    return
  fi
  local holder pid
  read -r holder pid < <(holder_of_data) || die "another ./dev works with ./.local; try again in a moment"
  if [ "$holder" = foyer ]; then
    lock_data foyer 60 || die "./dev foyer (process $pid) works with the data; try again when it has ended"
    foyer_with_own_services "$@"
    return
  fi
  process_of server >/dev/null || die "./dev run is still starting; try again when it has printed the address"
  redis_port=$(<"$data/state/redis.port")
  export_settings
  exec "$program" "$@"
}

foyer_with_own_services() {
  trap 'end_run' EXIT
  trap 'interrupt_run' INT TERM HUP
  require_packages run >&2
  start_services >&2
  export_settings
  "$program" migrate >&2
  "$program" "$@"
}
