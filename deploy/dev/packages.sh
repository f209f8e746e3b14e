# What the machine must have. Reads deploy/packages.txt, asks dpkg what is there, and hands the rest to
# install_packages.sh, the only part that needs root. Sourced by dev.
# shellcheck shell=bash disable=SC2154

require_supported_system() {
  local system
  # shellcheck source=/dev/null
  system=$(. /etc/os-release 2>/dev/null && echo "${ID:-} ${VERSION_ID:-}") || system=
  [ "$system" = "debian 12" ] ||
    die "this machine runs '${system:-an unknown system}'; only Debian 12 is supported (a container of it will do)"
  [ -n "$(command -v dpkg-query)" ] || die "dpkg-query is not there; packages cannot be checked"
  [ -n "$(command -v apt-get)" ] || die "apt-get is not there; packages cannot be installed"
}

# packages_of SECTION...: the names in these sections of the list, one on a line.
packages_of() {
  awk -v sections=" $* " '
    { sub(/#.*/, "") }
    /^\[/ { name = $1; gsub(/[][]/, "", name); inside = index(sections, " " name " "); next }
    inside { for (i = 1; i <= NF; i++) print $i }' "$checkout/deploy/packages.txt"
}

node_is_ready() {
  command -v npm >/dev/null && node -e 'process.exit(parseInt(process.versions.node) >= 18 ? 0 : 1)' 2>/dev/null
}

# missing_packages NAME...: those of the names that are not installed.
missing_packages() {
  local installed
  # dpkg-query fails when a name is unknown to it, which only means "not installed".
  # shellcheck disable=SC2016
  installed=$(dpkg-query -W -f '${db:Status-Status} ${Package}\n' "$@" 2>/dev/null | sed -n 's/^installed //p') || true
  comm -23 <(printf '%s\n' "$@" | sort -u) <(printf '%s\n' "$installed" | sort -u)
}

# require_packages SECTION...: installs what these sections of the list name and the machine lacks.
require_packages() {
  require_supported_system
  local sections=("$@") names missing
  case " $* " in *" build "*) node_is_ready || sections+=(node) ;; esac
  mapfile -t names < <(packages_of "${sections[@]}")
  mapfile -t missing < <(missing_packages "${names[@]}")
  [ ${#missing[@]} -gt 0 ] || return 0

  local as_root=()
  if [ "$(id -u)" != 0 ]; then
    command -v sudo >/dev/null || die "packages are missing; as root: apt-get install ${missing[*]}"
    as_root=(sudo)
    [ -t 0 ] || as_root+=(-n)
  fi
  require_space / 2048
  step "installing ${#missing[@]} packages: ${missing[*]}"
  "${as_root[@]}" bash "$checkout/deploy/dev/install_packages.sh" "${missing[@]}" ||
    die "packages could not be installed (see above); as root: apt-get install ${missing[*]}"
}
