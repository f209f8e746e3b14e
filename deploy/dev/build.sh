# Builds the program, its web client and the tests with CMake and Ninja. Sourced by dev.
# shellcheck shell=bash disable=SC2154

command_build() {
  [ $# -eq 0 ] || die "build takes no arguments"
  build_all
}

build_all() {
  require_space "$checkout" 3072
  require_packages build
  build_preset release
}

# The program alone, without the tests: what a first start waits for.
build_program() {
  [ -x "$program" ] || require_space "$checkout" 3072
  build_preset release foyer
}

# require_space FOLDER MEBIBYTES
require_space() {
  local free
  free=$(df -Pk "$1" | awk 'NR == 2 { print int($4 / 1024) }')
  [ "$free" -ge "$2" ] || die "not enough space: $1 has $free MiB free, $2 MiB are needed"
}

# A build folder made by root cannot be used by anybody else; better said here than by the hundredth compiler message.
require_own_build_folder() {
  local folder
  for folder in "$checkout" "$checkout/build" "$checkout/build/$1" "$checkout/web-client/node_modules"; do
    [ ! -e "$folder" ] || [ -w "$folder" ] ||
      die "$folder belongs to $(stat -c %U "$folder"): run as that user, or remove it"
  done
}

# How many compilers at a time: one per processor, but no more than one per free GiB.
build_jobs() {
  awk -v jobs="$(nproc)" '
    /^MemAvailable:/ { memory = int($2 / 1048576) }
    END { if (memory < 1) memory = 1; print jobs < memory ? jobs : memory }' /proc/meminfo
}

# For the client's own tests and lint; the program's build does the same by itself.
install_client() {
  local client=$checkout/web-client installed=$checkout/web-client/node_modules/.package-lock.json
  require_own_build_folder release
  if [ ! -e "$installed" ] || [ "$client/package-lock.json" -nt "$installed" ]; then
    step "fetching the web client's packages"
    npm --prefix "$client" ci --ignore-scripts --no-audit --no-fund --no-update-notifier </dev/null
    touch "$installed"
  fi
}

# build_preset NAME [TARGET]: configures when there is nothing configured yet, then builds what changed.
build_preset() {
  local preset=$1 folder=$checkout/build/$1
  shift
  require_own_build_folder "$preset"
  if [ ! -e "$folder/build.ninja" ] || [ "$checkout/CMakePresets.json" -nt "$folder/build.ninja" ]; then
    step "configuring ($preset)"
    (cd "$checkout" && cmake --preset "$preset") </dev/null
  fi
  step "building ($preset)"
  # Two builds in one folder would spoil each other: the second waits, and then finds its work done.
  exec {build_lock}>"$folder/.dev-lock"
  flock "$build_lock"
  # Paths relative to the checkout, so that a clone elsewhere finds in the compiler cache what this one compiled.
  CCACHE_BASEDIR=$checkout CCACHE_NOHASHDIR=1 \
    cmake --build "$folder" --parallel "$(build_jobs)" ${1:+--target "$1"} </dev/null {build_lock}>&-
  exec {build_lock}>&-
}
