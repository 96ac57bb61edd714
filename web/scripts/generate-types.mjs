/** Writes the types of the documents and of the API from `schemas/`; with --check, tells whether they are current. */
import { compile } from "json-schema-to-typescript";
import { readFile, writeFile } from "node:fs/promises";
import openapiTypescript, { astToString } from "openapi-typescript";

const schemas = new URL("../../schemas/", import.meta.url);
const types = new URL("../src/api/", import.meta.url);
const head = "/* Generated from schemas/ by `npm run types`. */\n";

/** A property's title, which pydantic derives from its name, would become a type of its own. */
const withoutTitles = (name, value) => (name === "title" && typeof value === "string" ? undefined : value);

const fromSchema = async (file, name) => {
  const schema = JSON.parse(await readFile(new URL(file, schemas), "utf8"), withoutTitles);
  return compile(schema, name, { bannerComment: head, additionalProperties: false });
};

const fromOpenApi = async () =>
  head +
  astToString(await openapiTypescript(new URL("openapi.json", schemas), { defaultNonNullable: false }));

const generated = {
  "analysis.gen.ts": () => fromSchema("analysis.schema.json", "Analysis"),
  "frames.gen.ts": () => fromSchema("frame-detections.schema.json", "FrameDetections"),
  "api.gen.ts": fromOpenApi,
};

const check = process.argv.includes("--check");
for (const [name, generate] of Object.entries(generated)) {
  const file = new URL(name, types);
  const wanted = await generate();
  if (!check) await writeFile(file, wanted);
  else if (wanted !== (await readFile(file, "utf8"))) {
    console.error(`web/src/api/${name} is not what schemas/ says: run \`npm run types\``);
    process.exitCode = 1;
  }
}
