/** Prints what the first page loads before its charts, in bytes after gzip; fails where that is too much. */
import { readFile } from "node:fs/promises";
import { gzipSync } from "node:zlib";

const LIMIT_BYTES = 350 * 1000;
const FIRST = ["index.html", "src/session/SignIn.tsx", "src/app/Portal.tsx", "src/overview/OverviewPage.tsx"];

const dist = new URL("../dist/", import.meta.url);
const manifest = JSON.parse(await readFile(new URL("manifest.json", dist), "utf8"));

const files = new Set(["index.html"]);
const visit = (name) => {
  const chunk = manifest[name];
  if (files.has(chunk.file)) return;
  for (const file of [chunk.file, ...(chunk.css ?? [])]) files.add(file);
  for (const imported of chunk.imports ?? []) visit(imported);
};
FIRST.forEach(visit);

let total = 0;
for (const file of files) {
  const size = gzipSync(await readFile(new URL(file, dist))).length;
  total += size;
  console.log(`${String(size).padStart(8)}  ${file}`);
}
console.log(`${String(total).padStart(8)}  first load after gzip, of ${LIMIT_BYTES} at most`);
if (total > LIMIT_BYTES) process.exitCode = 1;
