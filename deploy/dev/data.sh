# The demo's data folder ./.local and the account that its services run as. Sourced by dev.
#
#   .local/postgres, .local/redis, .local/sockets   the services' own, belong to the account
#   .local/log, .local/state                        logs; process records, lock, Redis' port: belong to who runs dev
#
# PostgreSQL refuses to run as root. Root therefore runs the services as the system account `foyer` (or as the owner of
# the data that are there); everybody else runs them as themselves.
# shellcheck shell=bash disable=SC2154

account=                 # empty: the services run as who runs dev
as_account=()            # what goes before a command of the services
longest_socket_folder=80 # a socket's path must stay below 108 bytes, its name included

prepare_data() {
  local place=$checkout/.local
  [ -e "$place" ] || [ -L "$place" ] || create_data_folder "$place"
  data=$(readlink -e "$place") || die "$place leads nowhere; remove it and start again (its data are gone)"
  choose_account
  [ -w "$data/state" ] || die "$place belongs to $(stat -c %U "$data/state"): run as that user, or remove it"
  sockets=$data/sockets
  [ ${#sockets} -le $longest_socket_folder ] || die "the path $sockets is too long for a socket; move the checkout"
}

create_data_folder() {
  local place=$1 folder=$1 reason=
  local sockets=$place/sockets
  if [ ${#sockets} -gt $longest_socket_folder ]; then reason="the path of the checkout is too long for sockets"; fi
  if [ "$(id -u)" = 0 ]; then
    ensure_system_account
    setpriv --reuid foyer --regid foyer --init-groups test -x "$checkout" ||
      reason="the account foyer cannot enter $checkout"
  fi
  if [ -n "$reason" ]; then
    folder=/var/tmp/foyer-$(printf '%s' "$checkout" | sha256sum | cut -c 1-12)
    note "$reason: data are kept in $folder, .local points there"
  fi
  create_private_folders "$folder"
  [ "$folder" = "$place" ] || ln -s "$folder" "$place"
}

create_private_folders() {
  local folder=$1
  # Anybody may write in /var/tmp: a folder that somebody else laid there must not be taken.
  mkdir -p "$folder"
  if [ -L "$folder" ] || [ ! -O "$folder" ]; then die "$folder is there already and belongs to somebody else"; fi
  chmod 755 "$folder"
  mkdir -p "$folder/state" "$folder/log" "$folder/postgres" "$folder/redis" "$folder/sockets"
  chmod 700 "$folder/postgres" "$folder/redis" "$folder/sockets"
  touch "$folder/state/lock"
  if [ "$(id -u)" = 0 ]; then chown foyer:foyer "$folder/postgres" "$folder/redis" "$folder/sockets"; fi
}

ensure_system_account() {
  if getent passwd foyer >/dev/null; then return; fi
  note "creating the system account foyer, which the services run as"
  useradd --system --user-group --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin foyer
}

choose_account() {
  if [ "$(id -u)" != 0 ]; then return; fi
  account=$(stat -c %U "$data/postgres")
  case $account in root | UNKNOWN) die "$data/postgres belongs to $account; remove $data and start again" ;; esac
  as_account=(--reuid "$account" --regid "$(id -gn "$account")" --init-groups)
}

# account_can_read FILE: whether the services' account reaches it, through all the folders above it.
account_can_read() {
  [ -z "$account" ] || setpriv "${as_account[@]}" test -r "$1"
}

# keep_state NAME TEXT: a small file in the state folder, replaced whole.
keep_state() {
  printf '%s\n' "$2" >"$data/state/$1.new"
  mv -f "$data/state/$1.new" "$data/state/$1"
}

# lock_data HOLDER [SECONDS]: only one dev at a time works with the data. The lock ends with the process that took it.
lock_data() {
  exec {lock}<"$data/state/lock"
  flock --wait "${2:-0}" "$lock" || return 1
  keep_state holder "$1 $$ $(start_time_of $$)"
}

# holder_of_data: prints "HOLDER PID" of the dev that works with the data, fails when there is none.
holder_of_data() {
  local name pid started
  read -r name pid started 2>/dev/null <"$data/state/holder" || return 1
  [ "$(start_time_of "$pid")" = "$started" ] || return 1
  echo "$name $pid"
}
