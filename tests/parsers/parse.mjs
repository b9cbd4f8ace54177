// Reads one JSON object { text } a line and answers, in one line, with what each parser reads in the
// text and what prettier makes of it. Numbers become { number: "…" }, since JSON has no infinity;
// mappings become { pairs: […] }, since keys such as __proto__ are no plain properties.
import { createRequire } from "node:module";
import { createInterface } from "node:readline";

const require = createRequire(process.argv[2] + "/");
const yaml = require("yaml");
const jsYaml = require("js-yaml");
const prettier = require("prettier");

function plain(value) {
  if (typeof value === "number" || typeof value === "bigint") return { number: String(value) };
  if (Array.isArray(value)) return value.map(plain);
  if (value instanceof Map) return { pairs: [...value].map(([key, item]) => [key, plain(item)]) };
  if (value !== null && typeof value === "object" && !(value instanceof Date))
    return { pairs: Object.entries(value).map(([key, item]) => [key, plain(item)]) };
  return value instanceof Date ? { date: value.toISOString() } : value;
}

function attempt(read) {
  try {
    return plain(read());
  } catch (error) {
    return { error: String(error) };
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  const { text } = JSON.parse(line);
  let formatted;
  try {
    formatted = await prettier.format(text, { parser: "yaml" });
  } catch (error) {
    formatted = String(error);
  }
  const answer = {
    "yaml 1.2": attempt(() => yaml.parse(text, { mapAsMap: true, maxAliasCount: 0 })),
    "yaml 1.1": attempt(() => yaml.parse(text, { mapAsMap: true, version: "1.1" })),
    "js-yaml": attempt(() => jsYaml.load(text)),
    prettier: formatted,
  };
  process.stdout.write(JSON.stringify(answer) + "\n");
}
