// Compresses the built site as well as it can be, once, so that the server need not do it badly at
// every request: beside each file that a browser takes compressed, NAME.br and NAME.gz.
//
//   node scripts/precompress.mjs SITE

import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { extname, join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const kinds = new Set([".wasm", ".js", ".css", ".svg"]);

const site = process.argv[2];
if (!site) throw new Error("usage: node scripts/precompress.mjs SITE");

for (const file of readdirSync(site, { recursive: true, encoding: "utf8" })) {
  if (!kinds.has(extname(file))) continue;
  const path = join(site, file);
  const content = readFileSync(path);
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
    [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
    [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
  };
  for (const [end, compressed] of [
    ["br", brotliCompressSync(content, { params })],
    ["gz", gzipSync(content, { level: constants.Z_BEST_COMPRESSION })],
  ]) {
    writeFileSync(`${path}.${end}`, compressed);
  }
}
