# Measures Foyer beside the limit of the machine and, with --peers, beside other servers. Sourced by dev.
# shellcheck shell=bash disable=SC2154

bench_results=$checkout/build/bench.json

command_bench() {
  if [ "${1:-}" = report ]; then
    [ -e "$bench_results" ] || die "there are no figures yet: ./dev bench"
    node "$checkout/tests/benchmark/write_report.mjs" "$bench_results" "$checkout/docs/performance.md"
    return
  fi
  require_packages build run
  case " $* " in *" --peers "*) install_peers ;; esac
  build_preset release foyer_benchmark
  "$checkout/build/release/tests/benchmark/foyer_benchmark" --json "$bench_results" "$@"
}

# nginx with nchan from Debian, the others from npm.
install_peers() {
  local peers=$checkout/tests/benchmark/peers
  require_packages peers
  if [ ! -e "$peers/node_modules/.package-lock.json" ] ||
    [ "$peers/package-lock.json" -nt "$peers/node_modules/.package-lock.json" ]; then
    step "fetching the peers"
    npm --prefix "$peers" ci --ignore-scripts --no-audit --no-fund --no-update-notifier </dev/null
  fi
}
