#!/usr/bin/env bash
# The rules of the tree that no compiler sees: layers, sizes, coroutine shapes that GCC 12 miscompiles, names and
# leftovers. Each rule is one check; after them each rule is tried on planted breaches and on code that is allowed, so
# that a rule which can no longer fail fails here. `--self-test` does only the latter.
#
# A rule is a function that prints one line per breach, "file:line: what". It reads the lists that open_tree makes.
# shellcheck disable=SC2317 # the rules are called by name
set -uo pipefail
export LC_ALL=C

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
parts=$root/tests/check_source
work=$(mktemp -d "${TMPDIR:-/tmp}/foyer_check.XXXXXX")
trap 'rm -rf "$work"' EXIT
passed=0
failed=0

# --- the tree and what is read from it once -----------------------------------------------------------------------

open_tree() {
  cd "$1" || exit 1
  if [ "$(git -c safe.directory="$PWD" rev-parse --show-toplevel 2>/dev/null)" = "$PWD" ]; then
    git -c safe.directory="$PWD" ls-files --cached --others --exclude-standard --deduplicate
  else
    find . \( -name .git -o -name node_modules -o -name .local -o -path ./build \) -prune -o -type f -print |
      sed 's|^\./||'
  fi | sort | while IFS= read -r file; do [ ! -f "$file" ] || printf '%s\n' "$file"; done >"$work/files"
  files '\.(hpp|cpp)$' | over grep -HnE '^[[:space:]]*#[[:space:]]*include' |
    sed -nE 's/^([^:]*):([0-9]+):.*include[[:space:]]*("[^"]*"|<[^>]*>).*/\1 \2 \3/p' >"$work/includes"
  files '^(protocol|persistence|server|tests)/.*\.(hpp|cpp)$' | read_code coroutines >"$work/coroutines"
}

# files PATTERN: the files of the tree whose path matches.
files() { grep -E "$1" "$work/files"; }

# over COMMAND...: the command with the files that come in as further arguments; without files it is not run.
over() { tr '\n' '\0' | xargs -0 -r "$@"; }

# read_code PROGRAM: one of the awk programs over the files that come in.
read_code() { over awk -f "$parts/reader.awk" -f "$parts/$1.awk"; }

# includes_of FILES TARGETS [EXCEPT]: includes whose file and target match, unless "file target" matches EXCEPT.
includes_of() {
  awk -v files="$1" -v targets="$2" -v except="${3:-^$}" '
    $1 ~ files && $3 ~ targets && ($1 " " $3) !~ except { print $1 ":" $2 ": includes " $3 }' "$work/includes"
}

# --- layers ---------------------------------------------------------------------------------------------------------

protocol_is_the_lowest_layer() { includes_of '^protocol/' '^"(persistence|server|web-client|tests)/'; }

persistence_knows_only_protocol() { includes_of '^persistence/' '^"(server|web-client|tests)/|^<boost/(asio|beast)'; }

product_does_not_include_tests() { includes_of '^server/' '^"tests/'; }

libpqxx_stays_in_persistence() {
  includes_of '^(protocol|persistence|server)/' '^["<]pqxx' '^persistence/([^ ]*\.cpp|transaction_impl\.hpp) '
}

forum_knows_no_network_and_no_edge() {
  includes_of '^server/forum/' '^<(boost/asio|boost/beast|hiredis|pqxx)|^"server/(http|live|runtime|pages)/'
}

runtime_knows_only_protocol() { includes_of '^server/runtime/' '^"' ' "(server/runtime|protocol)/[^"]*"$'; }

pages_know_only_protocol() { includes_of '^server/pages/' '^"' ' "(server/pages|protocol)/'; }

http_and_live_do_not_know_each_other() {
  includes_of '^server/http/' '^"server/live/'
  includes_of '^server/live/' '^"server/http/'
}

# It judges the server from outside, so it must not share what it judges. The composition root alone calls it.
verify_knows_only_the_wire() {
  includes_of '^server/verify/' '^"' ' "(server/verify|server/runtime/task\.hpp|protocol)'
  includes_of '^server/[^/]+/' '^"server/verify/' '^server/verify/'
}

json_stays_in_the_codec() { includes_of '^protocol/' '^<boost/json' '^protocol/[^ ]*(codec|json)[^ /]* '; }

quoted_includes_name_a_path_from_the_root() {
  sed -nE 's/^([^ ]*) ([0-9]+) "(.*)"$/\1 \2 \3/p' "$work/includes" | while read -r file line target; do
    [ -f "$target" ] || echo "$file:$line: there is no $target"
  done
}

# --- sizes ----------------------------------------------------------------------------------------------------------

measured='^(protocol|persistence|server|web-client/src)/.*\.(hpp|cpp|ts)$'

files_have_at_most_400_lines() {
  files "$measured" | over awk 'FNR == 401 { print FILENAME ":401: the file goes on" }'
}

functions_have_at_most_70_lines() { files "$measured" | read_code functions; }

# --- coroutine shapes -------------------------------------------------------------------------------------------------

coroutine_shape() { sed -n "s/^$1 //p" "$work/coroutines"; }

no_capturing_lambda_beside_co_await() { coroutine_shape lambda; }
no_braced_temporary_beside_co_await() { coroutine_shape braces; }
no_ternary_beside_co_await() { coroutine_shape ternary; }
no_co_await_in_a_condition() { coroutine_shape condition; }
no_detached_coroutine() { coroutine_shape detached; }

# --- names and leftovers ----------------------------------------------------------------------------------------------

no_standard_regex() { files '^(protocol|persistence|server)/.*\.(hpp|cpp)$' | over grep -nHE 'std::w?regex|<regex>'; }

files_are_named_after_what_they_hold() {
  files '(^|/)[^/]*(utils|helpers|common|manager)[^/]*$' | sed 's/$/:1: a vague name/'
}

no_open_ends() {
  files '' | grep -vE '(^|/)(LICENSE|package-lock\.json)$' |
    over grep -nHIE '(^|[^A-Za-z])(TO[D]O|FIX[M]E)([^A-Za-z]|$)'
}

no_machine_path() { files '' | over grep -nHIE '(^|[^A-Za-z0-9._~-])/(work|farm|home/[a-z]+|Users/[A-Za-z]+)/'; }

no_registry_host() {
  files '' | over grep -nHIE '"resolved": *"https?:|(^|[^-a-z])registry *= *"?http|registry\.(npmjs|yarnpkg)'
}

rules=(protocol_is_the_lowest_layer persistence_knows_only_protocol product_does_not_include_tests
  libpqxx_stays_in_persistence forum_knows_no_network_and_no_edge runtime_knows_only_protocol pages_know_only_protocol
  http_and_live_do_not_know_each_other verify_knows_only_the_wire json_stays_in_the_codec quoted_includes_name_a_path_from_the_root
  files_have_at_most_400_lines functions_have_at_most_70_lines
  no_capturing_lambda_beside_co_await no_braced_temporary_beside_co_await no_ternary_beside_co_await
  no_co_await_in_a_condition no_detached_coroutine
  no_standard_regex files_are_named_after_what_they_hold no_open_ends no_machine_path no_registry_host)

# result NAME BREACHES: counts and prints one check; it passed when there is no breach.
result() {
  if [ -z "$2" ]; then
    passed=$((passed + 1))
    echo "ok $1"
  else
    failed=$((failed + 1))
    echo "not ok $1"
    printf '%s\n' "$2" | sed 's/^/    /'
  fi
}

check_tree() {
  local rule
  open_tree "$root"
  for rule in "${rules[@]}"; do result "$rule" "$($rule)"; done
}

# shellcheck source=tests/check_source/self_test.sh
source "$parts/self_test.sh"

case "${1:-}" in
  '') check_tree && check_the_rules ;;
  --self-test) check_the_rules ;;
  *) echo "usage: check_source.sh [--self-test]" >&2 && exit 2 ;;
esac

echo "$passed passed, $failed failed"
[ $failed -eq 0 ]
