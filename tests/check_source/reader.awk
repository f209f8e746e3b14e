# Shared by the programs beside it. clean(line) is the line without comments and preprocessor lines and with empty
# strings; it remembers what began on a line before (block comment, raw string, template string).

function after(text, count) { return substr(text, count + 1) }

# What stands at the front of `rest`, a quote or a slash: adds what remains of it to `out`, returns the text behind it.
function read_mark(rest,    mark, typescript) {
  mark = substr(rest, 1, 1)
  typescript = FILENAME ~ /\.ts$/
  if (rest ~ /^\/\*/) { inside = "*/"; return after(rest, 2) }
  if (mark == "/") {
    if (typescript && out ~ /([=(,:!&|?;{}]|return) *$/ &&
        match(rest, /^\/([^\/\\[]|\\.|\[([^]\\]|\\.)*\])+\/[a-z]*/)) {
      out = out "0"
      return after(rest, RLENGTH)
    }
    out = out "/"
    return after(rest, 1)
  }
  if (mark == "`") { inside = "`"; out = out "\"\""; return after(rest, 1) }
  if (mark == "\"" && !typescript && out ~ /R$/ && match(rest, /^"[A-Za-z_]*\(/)) {
    inside = ")" substr(rest, 2, RLENGTH - 2) "\""
    sub(/R$/, "\"\"", out)
    return after(rest, RLENGTH)
  }
  if (mark == "'" && !typescript && out ~ /[0-9a-fA-F]$/) return after(rest, 1)  # digits in groups
  if (match(rest, mark == "'" ? "^'([^'\\\\]|\\\\.)*'" : "^\"([^\"\\\\]|\\\\.)*\"")) {
    out = out "\"\""
    return after(rest, RLENGTH)
  }
  return after(rest, 1)
}

function clean(line,    at) {
  if (FNR == 1) inside = ""
  out = ""
  while (line != "") {
    if (inside != "") {
      if (!(at = index(line, inside))) break
      line = after(line, at + length(inside) - 1)
      inside = ""
    } else {
      at = match(line, /["'`\/]/)
      if (!at) { out = out line; break }
      out = out substr(line, 1, at - 1)
      line = after(line, at - 1)
      if (line ~ /^\/\//) break
      line = read_mark(line)
    }
  }
  return out ~ /^[ \t]*#/ && FILENAME !~ /\.ts$/ ? "" : out
}
