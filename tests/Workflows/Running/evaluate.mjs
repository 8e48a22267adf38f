// node --import ./json.mjs evaluate.mjs: a request of JSON a line, an answer of JSON a line, by GitHub's own evaluator.
// {"text": "a ${{ b }}", "contexts": {...}} -> {"value": ...}; {"condition": "...", "failed": false, "contexts": {...}} -> {"value": true}
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { data, Evaluator, Lexer, Parser } from "@actions/expressions";

function statusFunctions(failed) {
  const status = (name, holds) => ({ name, minArgs: 0, maxArgs: 0, call: () => new data.BooleanData(holds) });
  // of files named one by one, as our keys of caches name them
  const hash = (...names) => {
    const files = names.map(name => name.coerceString()).filter(existsSync);
    return new data.StringData(files.length ? files.reduce((sum, file) => sum.update(readFileSync(file)), createHash("sha256")).digest("hex") : "");
  };
  return [
    status("success", !failed), status("failure", failed), status("always", true), status("cancelled", false),
    { name: "hashFiles", minArgs: 1, maxArgs: 255, call: hash },
  ];
}

function evaluate(expression, { contexts, failed }) {
  const functions = statusFunctions(failed);
  const known = JSON.parse(JSON.stringify(contexts), data.reviver);
  const parsed = new Parser(new Lexer(expression).lex().tokens, Object.keys(contexts), functions).parse();
  return new Evaluator(parsed, known, new Map(functions.map(one => [one.name.toLowerCase(), one]))).evaluate();
}

const Expression = /\$\{\{(.*?)\}\}/gs;

function text(request) {
  const whole = request.text.trim().match(/^\$\{\{((?:(?!\}\}).)*)\}\}$/s);
  return whole
    ? JSON.parse(JSON.stringify(evaluate(whole[1], request), data.replacer))
    : request.text.replace(Expression, (_, inner) => evaluate(inner, request).coerceString());
}

// a condition without a word on what was before holds only where nothing has failed
function condition(request) {
  const inner = request.condition.trim().replace(/^\$\{\{(.*)\}\}$/s, "$1") || "success()";
  const full = /\b(success|failure|always|cancelled)\s*\(/.test(inner) ? inner : `success() && (${inner})`;
  return JSON.parse(JSON.stringify(evaluate(`!!(${full})`, request), data.replacer));
}

for await (const line of createInterface({ input: process.stdin })) {
  const request = JSON.parse(line);
  let answer;
  try {
    answer = { value: "condition" in request ? condition(request) : text(request) };
  } catch (error) {
    answer = { error: `${error.message}` };
  }
  console.log(JSON.stringify(answer));
}
