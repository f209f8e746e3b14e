# Shows that every rule of check_source.sh can fail. Plants two small trees: in `breaches` every rule is broken, in
# `allowed` stands what comes close and is right. Sourced by check_source.sh.
# shellcheck shell=bash disable=SC2154

# plant FILE: what comes in becomes the file, whatever folders it needs.
plant() {
  mkdir -p "$(dirname "$1")"
  cat >"$1"
}

# plant_both FILE FILE: the same in both.
plant_both() {
  plant "$1"
  plant "$2" <"$1"
}

# breaks RULE FILE...: in the tree of breaches the rule must name each of these files.
breaks() {
  local rule=$1 found file missed=
  shift
  found=$($rule)
  for file in "$@"; do
    case $found in *"$file:"*) ;; *) missed+="does not see $file"$'\n' ;; esac
  done
  result "$rule fires" "$missed"
}

check_the_rules() {
  local rule
  plant_breaches "$work/breaches"
  open_tree "$work/breaches"
  try_layers
  try_the_rest
  plant_allowed "$work/allowed"
  open_tree "$work/allowed"
  for rule in "${rules[@]}"; do result "$rule stays silent" "$($rule)"; done
  cd "$root" || exit 1
}

try_layers() {
  breaks protocol_is_the_lowest_layer protocol/up.hpp
  breaks persistence_knows_only_protocol persistence/up.hpp
  breaks product_does_not_include_tests server/pages/borrowed.cpp
  breaks libpqxx_stays_in_persistence persistence/open.hpp server/forum/network.cpp
  breaks forum_knows_no_network_and_no_edge server/forum/network.cpp server/forum/edge.cpp
  breaks runtime_knows_only_protocol server/runtime/curious.cpp
  breaks pages_know_only_protocol server/pages/borrowed.cpp
  breaks http_and_live_do_not_know_each_other server/http/neighbour.cpp server/live/neighbour.cpp
  breaks verify_knows_only_the_wire server/verify/insider.cpp server/live/judge.cpp
  breaks json_stays_in_the_codec protocol/views.hpp
  breaks quoted_includes_name_a_path_from_the_root protocol/up.hpp server/live/neighbour.cpp
}

try_the_rest() {
  breaks files_have_at_most_400_lines server/long.cpp web-client/src/long.ts
  breaks functions_have_at_most_70_lines server/function.cpp server/method.hpp web-client/src/function.ts
  breaks no_capturing_lambda_beside_co_await server/live/lambda.cpp server/live/init_lambda.cpp
  breaks no_braced_temporary_beside_co_await server/live/braces.cpp server/live/aggregate.cpp server/live/local.cpp
  breaks no_ternary_beside_co_await server/live/ternary.cpp
  breaks no_co_await_in_a_condition server/live/if.cpp server/live/switch.cpp server/live/short_if.cpp
  breaks no_detached_coroutine server/live/detached.cpp
  breaks no_standard_regex server/forum/pattern.cpp
  breaks files_are_named_after_what_they_hold server/forum/string_utils.cpp
  breaks no_open_ends docs/later.md
  breaks no_machine_path docs/place.md
  breaks no_registry_host web-client/package-lock.json .npmrc
}

plant_breaches() {
  mkdir -p "$1" && cd "$1" || exit 1
  printf '#include "server/forum/posts.hpp"\n' | plant protocol/up.hpp
  printf '#include "server/forum/posts.hpp"\n' | plant persistence/up.hpp
  printf '#include <pqxx/pqxx>\n' | plant persistence/open.hpp
  printf '#include <boost/json.hpp>\n' | plant protocol/views.hpp
  printf '#include <boost/asio/io_context.hpp>\n#include <pqxx/pqxx>\n' | plant server/forum/network.cpp
  printf '#include "server/live/hub.hpp"\n' | plant server/forum/edge.cpp
  printf '#include "persistence/rows.hpp"\n' | plant server/runtime/curious.cpp
  printf '#include "tests/support/cluster.hpp"\n' | plant server/pages/borrowed.cpp
  printf '#include "server/live/hub.hpp"\n' | plant server/http/neighbour.cpp
  printf '#include "server/live/hub.hpp"\n' | plant server/verify/insider.cpp
  printf '#include "server/verify/delivery.hpp"\n' | plant server/live/judge.cpp
  printf '#include "server/http/router.hpp"\n' | plant server/live/neighbour.cpp
  yes '// line' | head -n 401 | plant_both server/long.cpp web-client/src/long.ts
  long_function 'int outer(std::map<int, int> values = {})\n    : a_{1},\n      b_(2) {' '}' | plant server/function.cpp
  long_function 'class Outer : public Base<int> {\n public:\n  int method() const {' '  }\n};' | plant server/method.hpp
  long_function 'export class Outer {\n  #go = (at: number): void => {' '  };\n}' | plant web-client/src/function.ts
  plant_shapes
  printf '#include <regex>\n' | plant server/forum/pattern.cpp
  : | plant server/forum/string_utils.cpp
  printf 'TO%s: more\n' DO | plant docs/later.md
  printf 'see /%s/main/notes\n' work | plant docs/place.md
  printf '{ "resolved": "%s://example/a.tgz" }\n' https | plant web-client/package-lock.json
  printf 'registry%shttps://example/\n' = | plant .npmrc
}

long_function() {
  printf '%b\n' "$1"
  yes '    call("}");' | head -n 70
  printf '%b\n' "$2"
}

# shape NAME STATEMENT: a coroutine with this statement in it.
shape() {
  printf 'Task<void> Session::run() {\n  prepare();\n  %b\n}\n' "$2" | plant "server/live/$1.cpp"
}

plant_shapes() {
  shape lambda 'co_await post(executor, [this, text] { use(text); });'
  shape init_lambda 'co_await on_worker(pool_,\n    [&, name = std::move(name)]() mutable -> int {\n    use(name); });'
  shape braces 'co_await send({1, 2});'
  shape aggregate 'const auto answer = co_await send(channel, Request{.name = "a"});'
  shape local 'Reply reply{co_await receive()};'
  shape ternary 'const auto text = co_await read(full ? all() : "");'
  shape if 'if (auto name = next(); co_await known(name)) {\n    stop();\n  }'
  shape switch 'switch (co_await read("a")) {\n    default: break;\n  }'
  shape short_if 'if (a) {\n  } else if (co_await known("a")) stop();'
  shape detached 'co_spawn(executor, run(), asio::detached);'
}

plant_allowed() {
  mkdir -p "$1" && cd "$1" || exit 1
  printf '#include <pqxx/pqxx>\n' | plant_both persistence/store.cpp persistence/transaction_impl.hpp
  printf '#include <boost/json.hpp>\n' | plant_both protocol/codec_views.cpp protocol/json_fields.hpp
  : | plant protocol/limits.hpp
  printf '#include "protocol/limits.hpp"\n#include <boost/asio.hpp>\n' | plant server/runtime/timer.cpp
  printf '#include "protocol/limits.hpp"\n' | plant server/pages/film_page.cpp
  printf '#include <libpq-fe.h>\n' | plant server/http/session.cpp
  yes '// line' | head -n 400 | plant server/long.cpp
  { echo 'namespace foyer {' && yes 'int one() { return 1; }' | head -n 80 && echo '}'; } | plant server/many.cpp
  { printf 'const char text[] = R"sql(\n' && yes '{ (' | head -n 90 && printf ')sql";\n'; } | plant server/text.cpp
  long_function '/* a comment that is not { closed */ enum class Names {' '};' | plant server/names.hpp
  plant "server/live/session.cpp" <<'TEXT'
Task<void> Session::run(Options options = {}) {
  auto work = [text = text_] { return f(text ? 1 : 2); };           // co_await f({1}) in a comment
  const auto value = co_await on_worker(pool_, [&] { return work(); });
  co_await send("co_await ? {", values[index](1), ThreadId{5});
  if (auto [error, size] = co_await read(buffer_); error) co_return;
  while (co_await next()) use();
  const Request request{.name = co_name ? a : b};
  const auto answer = co_await send(request);
  spawn(executor_, [self = shared_from_this()]() -> Task<void> { co_await self->run(); });
  switch (kind) {
    case Kind::open: co_await open(); break;
    default: co_return Reply{1, 2};
  }
}
TEXT
  printf '#include <regex>\n' | plant tests/protocol/errors_test.cpp
  printf 'The works of TODOROV, /worker/ and https://example/work/\n' | plant docs/notes.md
}
