# Layout and static checks. Sourced by dev.
# shellcheck shell=bash disable=SC2154

# source_files PATTERN...: tracked or new files of the checkout that match, relative to it.
source_files() {
  git -c safe.directory="$checkout" -C "$checkout" ls-files --cached --others --exclude-standard --deduplicate -- "$@" |
    while IFS= read -r file; do [ ! -f "$checkout/$file" ] || printf '%s\n' "$file"; done
}

command_format() {
  local mode=(-i) files
  case "${1:-}" in
    '') ;;
    --check) mode=(--dry-run --Werror) ;;
    *) die "unknown option '$1'; format knows --check" ;;
  esac
  require_packages lint
  mapfile -t files < <(source_files '*.hpp' '*.cpp')
  step "layout of ${#files[@]} files"
  (cd "$checkout" && clang-format-19 "${mode[@]}" "${files[@]}")
}

command_lint() {
  local changed=no problems=()
  case "${1:-}" in
    '') ;;
    --changed) changed=yes ;;
    *) die "unknown option '$1'; lint knows --changed" ;;
  esac
  require_packages build lint
  install_client
  build_preset release
  (command_format --check) || problems+=(layout)
  lint_cpp $changed || problems+=(clang-tidy)
  step "TypeScript"
  npm --prefix "$checkout/web-client" run --silent lint </dev/null || problems+=(TypeScript)
  lint_shell || problems+=(shell)
  step "source rules"
  bash "$checkout/tests/check_source.sh" || problems+=("source rules")
  [ ${#problems[@]} -eq 0 ] || die "lint found something in: ${problems[*]}"
  step "nothing found"
}

# lint_cpp CHANGED: all translation units, or those that differ from the last commit.
lint_cpp() {
  local files
  mapfile -t files < <(source_files '*.cpp')
  if [ "$1" = yes ]; then
    mapfile -t files < <(comm -12 <(printf '%s\n' "${files[@]}" | sort) <(changed_files | sort))
  fi
  step "clang-tidy on ${#files[@]} files"
  [ ${#files[@]} -gt 0 ] || return 0
  (cd "$checkout" && run-clang-tidy-19 -quiet -p build/release -j "$(build_jobs)" "${files[@]/#/$checkout/}")
}

changed_files() {
  git -c safe.directory="$checkout" -C "$checkout" diff --name-only HEAD
  git -c safe.directory="$checkout" -C "$checkout" ls-files --others --exclude-standard
}

lint_shell() {
  step "shell"
  (cd "$checkout" && shellcheck -x dev .ci/run deploy/dev/*.sh tests/*.sh tests/check_source/*.sh)
}
