# Prints the shapes around co_await that GCC 12 miscompiles, as "shape file:line: statement". Cuts the code into
# statements; a lambda body is a level of its own and stands as @ in the statement around it. Lambdas that capture by
# reference only, or `this`, are allowed: they are trivial.

function breach(shape, statement) { print shape, FILENAME ":" lines[level] ": " substr(statement, 1, 90) }

function by_reference(list,    items, count, i) {
  count = split(list, items, ",")
  for (i = 1; i <= count; i++) if (items[i] !~ /^ *(&[A-Za-z0-9_]*|this) *$/) return 0
  return 1
}

function check_lambdas(statement,    rest, before, list) {
  rest = statement
  while (match(rest, /\[[^][]*\] *(\(|@|mutable|<|->)/)) {
    before = RSTART > 1 ? substr(rest, RSTART - 1, 1) : " "
    list = substr(rest, RSTART + 1, index(substr(rest, RSTART), "]") - 2)
    rest = substr(rest, RSTART + RLENGTH - 1)
    if (before ~ /[A-Za-z0-9_)]/ || before == "]" || by_reference(list)) continue
    breach("lambda", statement)
    return
  }
}

# Names in title case are our aggregates; strong ids are trivial.
function check_braces(statement,    rest, name) {
  rest = statement
  if (rest ~ /[(,] *\{/ || rest ~ /\{[^{}]*co_await/) { breach("braces", statement); return }
  if (rest ~ /(array|vector|pair|tuple|map|set|optional)<[^{}]*> *\{/) { breach("braces", statement); return }
  while (match(rest, /[A-Z][A-Za-z0-9]*(<[^<>]*>)? *\{/)) {
    name = substr(rest, RSTART, RLENGTH)
    rest = substr(rest, RSTART + RLENGTH)
    if (name !~ /Id *\{$/) { breach("braces", statement); return }
  }
}

# What stands before the last semicolon of the parentheses is an initialiser and may wait.
function check_condition(statement,    i, c, open, condition) {
  if (statement !~ /^(else *)?(if|switch) *(constexpr *)?\(/) return
  for (i = index(statement, "("); i <= length(statement); i++) {
    c = substr(statement, i, 1)
    if (c == "(" && ++open == 1) continue
    if (c == ")" && --open == 0) break
    condition = (c == ";" && open == 1) ? "" : condition c
  }
  if (condition ~ /co_await/) breach("condition", statement)
}

function finish(    statement) {
  statement = text[level]
  text[level] = ""
  gsub(/[ \t]+/, " ", statement)
  sub(/^ /, "", statement)
  sub(/^(case ([^:]|::)*|default): */, "", statement)
  if ((" " statement " ") !~ /[^A-Za-z0-9_]co_await[^A-Za-z0-9_]/) return
  check_lambdas(statement)
  check_braces(statement)
  check_condition(statement)
  if (statement ~ /\?/) breach("ternary", statement)
}

function add(piece) {
  if (text[level] ~ /^[ \t]*$/ && piece !~ /^[ \t]*$/) lines[level] = FNR
  text[level] = text[level] piece
}

function enter(name) {
  kind[++level] = name
  text[level] = ""
  parens[level] = 0
  lines[level] = FNR
}

function opens_lambda(head,    tail) {
  if (!match(head, /\][^\]]*$/)) return 0
  tail = substr(head, RSTART + 1)
  while (gsub(/\([^()]*\)/, "@", tail)) { }
  return tail ~ /^ *(<[^()]*>)? *@? *(mutable|noexcept)? *(->[^()]*)?$/
}

function opens_block(head) {
  return head ~ /^[ \t]*$/ || head ~ /[):}][ \t]*$/ || head ~ /(else|do|try|const|noexcept|override|final|&)[ \t]*$/ ||
         head ~ /->[^(){}=]*$/ || head ~ /(^|[^A-Za-z_])(namespace|class|struct|enum|union|extern)[^A-Za-z_]/
}

function brace() {
  if (opens_lambda(text[level])) {
    enter("lambda")
  } else if (parens[level] == 0 && opens_block(text[level])) {
    finish()
    enter("block")
  } else {
    add("{")
    parens[level]++
  }
}

function unbrace(    name) {
  if (parens[level] > 0) { add("}"); parens[level]--; return }
  finish()
  name = kind[level]
  if (level > 0) level--
  if (name == "lambda") add("@"); else text[level] = ""
}

FNR == 1 { level = 0; text[0] = ""; parens[0] = 0; lines[0] = 1 }
{
  code = clean($0) " "
  if (code ~ /asio::detached/) { lines[level] = FNR; breach("detached", code) }
  while (match(code, /[(){};]/)) {
    mark = substr(code, RSTART, 1)
    add(substr(code, 1, RSTART - 1))
    code = substr(code, RSTART + 1)
    if (mark == "{") brace()
    else if (mark == "}") unbrace()
    else if (mark == ";" && parens[level] == 0) finish()
    else { add(mark); parens[level] += (mark == "(") - (mark == ")") }
  }
  add(code)
}
