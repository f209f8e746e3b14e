# A function is a block right inside a file, namespace or class whose head has a parameter list; what stands inside it
# (lambdas, loops) is shorter than it. Its size goes from the first line of its head to its closing brace.
function kind_of(head,    plain) {
  if (depth > 0 && kind[depth] !~ /namespace|type/) return "inner"
  plain = head
  gsub(/operator[^A-Za-z_(]*(\(\))?/, "operator ", plain)
  while (gsub(/\([^()]*\)/, "@", plain)) { }
  if (plain ~ /[()]/) return "value"
  while (gsub(/<[^<>]*>/, "", plain)) { }
  if (plain ~ /(^| )(namespace|extern|global) /) return "namespace"
  if (plain ~ /^ *((template|export|default|abstract|declare|typedef|const|requires @) *)*(class|struct|union|enum|interface) /)
    return "type"
  if (plain ~ /=> *$/) return "function"
  if (plain !~ /@/ || plain ~ /=/) return "value"
  if (FILENAME !~ /\.ts$/ && plain ~ /@[a-z ]*:[^:].*[A-Za-z0-9_]$/) return "value"
  return "function"
}
function add(piece) {
  if (head ~ /^[ \t]*$/ && piece !~ /^[ \t]*$/) { head = ""; first = FNR }
  head = head piece
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
      kind[++depth] = kind_of(head); begin[depth] = first; heads[depth] = head; head = ""
    } else if (mark == ";") {
      head = ""
    } else if (depth > 0) {
      if (kind[depth] == "function" && FNR - begin[depth] + 1 > 70)
        print FILENAME ":" begin[depth] ": a function of " FNR - begin[depth] + 1 " lines"
      head = kind[depth] == "value" ? heads[depth] "@" : ""
      first = begin[depth--]
    }
  }
  add(text)
}
