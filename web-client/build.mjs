// Builds the client. `node build.mjs OUTDIR`: script, style and fonts with the hash of their bytes in the name, text
// beside its .br and .gz, and manifest.json that names what pages link. `node build.mjs --tests OUTDIR`: one bundle per
// test file.
import { build } from "esbuild";
import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const here = dirname(fileURLToPath(import.meta.url));
const fontLicense = join(here, "node_modules", "@fontsource-variable", "newsreader", "LICENSE");

// The bundle and the files that it refers to.
async function bundle(entry, options) {
  const result = await build({
    entryPoints: [join(here, entry)],
    bundle: true,
    minify: true,
    write: false,
    outdir: here,
    loader: { ".woff2": "file" },
    assetNames: "[name].[hash]",
    target: "es2022",
    charset: "utf8",
    legalComments: "none",
    logLevel: "warning",
    ...options,
  });
  const files = result.outputFiles.map(({ path, contents }) => ({ name: basename(path), bytes: Buffer.from(contents) }));
  const isFont = ({ name }) => name.endsWith(".woff2");
  return { bytes: files.find((file) => !isFont(file)).bytes, fonts: files.filter(isFont) };
}

async function writeHashed(folder, stem, extension, bytes) {
  const hash = createHash("sha256").update(bytes).digest("hex").slice(0, 16);
  const name = `${stem}.${hash}.${extension}`;
  const brotli = brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } });
  await Promise.all([
    writeFile(join(folder, name), bytes),
    writeFile(join(folder, `${name}.br`), brotli),
    writeFile(join(folder, `${name}.gz`), gzipSync(bytes, { level: 9 })),
  ]);
  return name;
}

async function clear(folder) {
  await mkdir(folder, { recursive: true });
  const old = (await readdir(folder)).filter((name) =>
    /^(app|style|newsreader-[a-z-]+)\.[0-9A-Za-z]+\.(js|css|woff2|txt)(\.br|\.gz)?$/.test(name),
  );
  await Promise.all(old.map((name) => rm(join(folder, name))));
}

async function buildClient(folder) {
  const [script, style] = await Promise.all([
    bundle("src/main.ts", { format: "esm" }),
    bundle("styles/main.css", {}),
  ]);
  const roman = style.fonts.find(({ name }) => name.startsWith("newsreader-latin-wght-normal."));
  if (roman === undefined) throw new Error("the style names no roman, which pages load ahead");
  await clear(folder);
  // Fonts are compressed as they are.
  await Promise.all(style.fonts.map(({ name, bytes }) => writeFile(join(folder, name), bytes)));
  const license = await writeHashed(folder, "newsreader-license", "txt", await readFile(fontLicense));
  const notice = Buffer.from(`/* Newsreader: SIL Open Font License 1.1, ./${license} */\n`);
  const manifest = {
    script: await writeHashed(folder, "app", "js", script.bytes),
    style: await writeHashed(folder, "style", "css", Buffer.concat([notice, style.bytes])),
    font: roman.name,
  };
  await writeFile(join(folder, "manifest.json"), `${JSON.stringify(manifest)}\n`);
}

async function buildTests(folder) {
  await rm(folder, { recursive: true, force: true });
  const names = (await readdir(join(here, "test"))).filter((name) => name.endsWith(".test.ts"));
  await build({
    entryPoints: names.map((name) => join(here, "test", name)),
    bundle: true,
    outdir: folder,
    outExtension: { ".js": ".mjs" },
    format: "esm",
    platform: "node",
    target: "node18",
    define: { FIXTURES: JSON.stringify(join(here, "..", "protocol", "fixtures")) },
    logLevel: "warning",
  });
}

const [first, second] = process.argv.slice(2);
if (first === "--tests" && second !== undefined) {
  await buildTests(resolve(second));
} else if (first !== undefined && !first.startsWith("-")) {
  await buildClient(resolve(first));
} else {
  process.stderr.write("usage: node build.mjs OUTDIR | node build.mjs --tests OUTDIR\n");
  process.exitCode = 2;
}
