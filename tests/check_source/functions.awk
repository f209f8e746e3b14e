# Prints the functions of more than 70 lines. A function is a block right inside a file, namespace or class whose head
# has a parameter list; what stands inside it (lambdas, loops) is shorter than it. Its size goes from the first line of
# its head to its closing brace.

# In `plain` each pair of parentheses has become @ and template arguments are gone.
function kind_of(head,    plain) {
  if (depth > 0 && kind[depth] !~ /namespace|type/) return "inner"
  plain = head
  gsub(/operator[^A-Za-z_(]*(\(\))?/, "operator ", plain)
  while (gsub(/\([^()]*\)/, "@", plain)) { }
  if (plain ~ /[()]/) return "value"
  while (gsub(/<[^<>]*>/, "", plain)) { }
  while (sub(/^ *(template|export|default|abstract|declare|typedef|const|requires @)( |$)/, "", plain)) { }
  if (plain ~ /^ *(class|struct|union|enum|interface) /) return "type"
  if (plain ~ /=> *$/ || plain ~ /(^|[^A-Za-z_])function([^A-Za-z_]|$)/) return "function"
  if (plain !~ /@/) return plain ~ /(^| )(namespace|extern|global)( |$)/ ? "namespace" : "value"
  if (plain ~ /=/) return "value"
  if (FILENAME !~ /\.ts$/ && plain ~ /@[a-z ]*:[^:].*[A-Za-z0-9_]$/) return "value"  # a_{1} of a constructor
  return "function"
}

function add(piece) {
  if (head ~ /^[ \t]*((public|private|protected):)?[ \t]*$/ && piece !~ /^[ \t]*$/) { head = ""; first = FNR }
  head = head piece
}

function close_block(    lines) {
  lines = FNR - begin[depth] + 1
  if (kind[depth] == "function" && lines > 70) print FILENAME ":" begin[depth] ": a function of " lines " lines"
  head = kind[depth] == "value" ? heads[depth] "@" : ""
  first = begin[depth--]
}

FNR == 1 { depth = 0; head = "" }
{
  text = clean($0) " "
  while (match(text, /[{};]/)) {
    mark = substr(text, RSTART, 1)
    add(substr(text, 1, RSTART - 1))
    text = substr(text, RSTART + 1)
    if (mark == "{") {
      sub(/ +$/, "", head)
      name = kind_of(head)
      kind[++depth] = name
      begin[depth] = first
      heads[depth] = head
      head = ""
    } else if (mark == ";") {
      head = ""
    } else if (depth > 0) {
      close_block()
    }
  }
  add(text)
}
