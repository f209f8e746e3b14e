# Shared by the programs beside it. clean(line) is the line without comments and preprocessor lines and with empty
# strings; it remembers what began on a line before (block comment, raw string, template string).
function until(line, closing,    at) {
  at = index(line, closing)
  if (!at) return ""
  inside = ""
  return "\"\"" substr(line, at + length(closing))
}
function clean(line,    name, at, rest) {
  if (FNR == 1) inside = ""
  if (inside != "") line = until(line, inside)
  if (FILENAME ~ /\.ts$/) {
    gsub(/'([^'\\]|\\.)*'/, "\"\"", line)
    while (match(line, /[=(,:!&|?] *\/([^\/\\*[ ]|\\.|\[[^]]*\])([^\/\\[]|\\.|\[[^]]*\])*\/[a-z]*/))
      line = substr(line, 1, RSTART) " 0 " substr(line, RSTART + RLENGTH)
    gsub(/`[^`]*`/, "\"\"", line)
    if (at = index(line, "`")) { line = substr(line, 1, at - 1); inside = "`" }
  } else {
    gsub(/'([^'\\]|\\.)'/, "0", line)
    while (match(line, /R"[A-Za-z_]*\(/)) {
      name = substr(line, RSTART + 2, RLENGTH - 3)
      rest = substr(line, RSTART + RLENGTH)
      line = substr(line, 1, RSTART - 1)
      inside = ")" name "\""
      line = line until(rest, inside)
      if (inside != "") break
    }
  }
  gsub(/"([^"\\]|\\.)*"/, "\"\"", line)
  sub(/\/\/.*/, "", line)
  while (at = index(line, "/*")) {
    rest = substr(line, at + 2)
    line = substr(line, 1, at - 1)
    inside = "*/"
    line = line until(rest, inside)
    if (inside != "") break
  }
  return line ~ /^[ \t]*#/ ? "" : line
}
