/**
 * Prints what a visit loads before any chart, in bytes after gzip; fails where that is too much. That a browser
 * asks for just these files, `tests/e2e/test_portal.py` sees to.
 */
import { readFile } from "node:fs/promises";
import { gzipSync } from "node:zlib";

const LIMIT_BYTES = 350 * 1000;
const VISITS = {
  "the sign-in": ["index.html", "src/session/SignIn.tsx"],
  "signing in, until the overview shows": [
    "index.html",
    "src/session/SignIn.tsx",
    "src/app/Portal.tsx",
    "src/overview/OverviewPage.tsx",
  ],
};

const dist = new URL("../dist/", import.meta.url);
const manifest = JSON.parse(await readFile(new URL("manifest.json", dist), "utf8"));

const filesOf = (entries) => {
  const files = new Set(["index.html", "icon.svg"]);
  const visit = (name) => {
    const chunk = manifest[name];
    if (files.has(chunk.file)) return;
    for (const file of [chunk.file, ...(chunk.css ?? [])]) files.add(file);
    for (const imported of chunk.imports ?? []) visit(imported);
  };
  entries.forEach(visit);
  return files;
};

const size = async (file) => gzipSync(await readFile(new URL(file, dist))).length;

for (const [visit, entries] of Object.entries(VISITS)) {
  const sizes = await Promise.all([...filesOf(entries)].map(size));
  const total = sizes.reduce((sum, each) => sum + each, 0);
  console.log(`${visit}: ${total} bytes in ${sizes.length} files, of ${LIMIT_BYTES} at most`);
  if (total > LIMIT_BYTES) process.exitCode = 1;
}
