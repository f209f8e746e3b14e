// Makes the table behind embedded_assets(): `node embed_assets.mjs FOLDER TABLE.cpp BYTES.S`. Every file of the
// folder goes in, with its .br and .gz beside it; manifest.json names those that pages link.
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { extname, join, resolve } from "node:path";

const contentTypes = {
  ".css": "text/css; charset=utf-8",
  ".ico": "image/x-icon",
  ".js": "text/javascript; charset=utf-8",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".woff2": "font/woff2",
};

const [folder, table, bytes] = process.argv.slice(2).map((path) => resolve(path));
const manifest = JSON.parse(readFileSync(join(folder, "manifest.json"), "utf8"));
const names = readdirSync(folder)
  .filter((name) => extname(name) in contentTypes)
  .sort();

const symbols = [];

function embed(path) {
  if (!existsSync(path)) {
    return "{}";
  }
  const symbol = `foyer_asset_${symbols.length}`;
  symbols.push({ symbol, path });
  return `bytes(${symbol}, ${symbol}_end)`;
}

const rows = names.map((name) => {
  const path = join(folder, name);
  const fields = [embed(path), embed(`${path}.br`), embed(`${path}.gz`)];
  return `      Asset{${JSON.stringify(name)}, ${JSON.stringify(contentTypes[extname(name)])}, ${fields.join(", ")}},`;
});

writeFileSync(
  bytes,
  `  .section .rodata
${symbols
  .map(
    ({ symbol, path }) => `  .global ${symbol}
  .global ${symbol}_end
${symbol}:
  .incbin ${JSON.stringify(path)}
${symbol}_end:
  .byte 0
`,
  )
  .join("")}  .section .note.GNU-stack,"",@progbits
`,
);

writeFileSync(
  table,
  `#include "server/http/assets.hpp"

#include <array>

extern "C" {
${symbols.map(({ symbol }) => `extern const char ${symbol}[];\nextern const char ${symbol}_end[];`).join("\n")}
}

namespace foyer::http {
namespace {

std::string_view bytes(const char* begin, const char* end) { return {begin, static_cast<std::size_t>(end - begin)}; }

}  // namespace

EmbeddedAssets embedded_assets() {
  static const std::array<Asset, ${rows.length}> files{
${rows.join("\n")}
  };
  return {files, ${JSON.stringify(manifest.script)}, ${JSON.stringify(manifest.style)}, ${JSON.stringify(manifest.font)}};
}

}  // namespace foyer::http
`,
);
