// Builds the client. `node build.mjs OUTDIR`: script and style with the hash of their bytes in the name, each beside
// its .br and .gz, and manifest.json that names both. `node build.mjs --tests OUTDIR`: one bundle per test file.
import { build } from "esbuild";
import { createHash } from "node:crypto";
import { mkdir, readdir, rm, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const here = dirname(fileURLToPath(import.meta.url));

async function bundle(entry, options) {
  const result = await build({
    entryPoints: [join(here, entry)],
    bundle: true,
    minify: true,
    write: false,
    target: "es2022",
    charset: "utf8",
    legalComments: "none",
    logLevel: "warning",
    ...options,
  });
  return Buffer.from(result.outputFiles[0].contents);
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
  const old = (await readdir(folder)).filter((name) => /^(app|style)\.[0-9a-f]+\.(js|css)(\.br|\.gz)?$/.test(name));
  await Promise.all(old.map((name) => rm(join(folder, name))));
}

async function buildClient(folder) {
  const [script, style] = await Promise.all([
    bundle("src/main.ts", { format: "esm" }),
    bundle("styles/main.css", {}),
  ]);
  await clear(folder);
  const manifest = {
    script: await writeHashed(folder, "app", "js", script),
    style: await writeHashed(folder, "style", "css", style),
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
