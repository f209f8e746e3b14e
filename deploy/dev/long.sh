# What only `./dev test --long` does: Lighthouse, the C++ tests under both sanitizers, and the fuzzers. Sourced by dev.
# shellcheck shell=bash disable=SC2154

fuzz_seconds=${FOYER_FUZZ_SECONDS:-60} # for each target

lighthouse=$checkout/tests/browser/lighthouse

# With the Node.js that it needs, which Debian 12 does not have.
install_lighthouse() {
  if [ ! -e "$lighthouse/node_modules/.package-lock.json" ] ||
    [ "$lighthouse/package-lock.json" -nt "$lighthouse/node_modules/.package-lock.json" ]; then
    step "fetching Lighthouse"
    npm --prefix "$lighthouse" ci --ignore-scripts --no-audit --no-fund --no-update-notifier --loglevel=error </dev/null
  fi
}

build_long() {
  build_preset asan
  build_preset asan fuzzers
  build_preset tsan
}

# run_sanitizers LABEL...: the programs, and the nodes that they start, end at the first report.
run_sanitizers() {
  local sanitizer label
  export ASAN_SYMBOLIZER_PATH=/usr/lib/llvm-19/bin/llvm-symbolizer
  export TSAN_OPTIONS="halt_on_error=1 atexit_sleep_ms=0 suppressions=$checkout/tests/tsan_suppressions.txt external_symbolizer_path=$ASAN_SYMBOLIZER_PATH"
  for sanitizer in asan tsan; do
    for label in unit pg redis e2e; do
      case " $* " in *" $label "*) ;; *) continue ;; esac
      step "$label ($sanitizer)"
      count_google_tests "$label ($sanitizer)" "$checkout/build/$sanitizer/tests/${label}_tests"
    done
  done
}

# Two targets at a time. What a fuzzer finds stays in build/asan/fuzz, named in its last lines; it belongs into the
# target's corpus before it is mended.
run_fuzzers() {
  local target targets=("$checkout"/tests/fuzz/*_fuzz.cpp) running=()
  step "${#targets[@]} fuzzers, $fuzz_seconds s each"
  for target in "${targets[@]}"; do
    target=$(basename "$target" .cpp)
    run_fuzzer "$target" &
    running+=("$target:$!")
    if [ ${#running[@]} -eq 2 ]; then
      wait_for_fuzzers "${running[@]}"
      running=()
    fi
  done
  wait_for_fuzzers "${running[@]}"
}

# New inputs go to a copy, so that a run leaves the tree as it was.
run_fuzzer() {
  local name=$1 corpus=$results/$1
  cp -r "$checkout/tests/fuzz/corpus/${name%_fuzz}" "$corpus"
  run_limited "$checkout/build/asan/fuzz/$name" -max_total_time="$fuzz_seconds" -timeout=10 -rss_limit_mb=2048 \
    -print_final_stats=1 -artifact_prefix="$checkout/build/asan/fuzz/$name-" "$corpus" >"$results/$name.log" 2>&1
}

# wait_for_fuzzers NAME:PROCESS...
wait_for_fuzzers() {
  local entry name status
  for entry in "$@"; do
    name=${entry%%:*}
    status=0
    wait "${entry##*:}" || status=$?
    if [ $status -eq 0 ]; then
      add_counts "$name, $(sed -n 's/^stat::number_of_executed_units: *//p' "$results/$name.log") inputs" 0 1 0
    else
      tail -n 40 "$results/$name.log"
      add_counts "$name" $status 0 1
    fi
  done
}
