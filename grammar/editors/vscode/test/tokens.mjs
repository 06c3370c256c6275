// The TextMate grammar as VS Code runs it: `node tokens.mjs FILE…` prints each word's class as JSON.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import oniguruma from "vscode-oniguruma";
import textmate from "vscode-textmate";

const grammarFile = new URL("../syntaxes/envc.tmLanguage.json", import.meta.url);
const wasm = createRequire(import.meta.url).resolve("vscode-oniguruma/release/onig.wasm");

export async function grammar() {
  await oniguruma.loadWASM(readFileSync(wasm).buffer);
  const registry = new textmate.Registry({
    onigLib: Promise.resolve({
      createOnigScanner: (patterns) => new oniguruma.OnigScanner(patterns),
      createOnigString: (text) => new oniguruma.OnigString(text),
    }),
    loadGrammar: async () =>
      textmate.parseRawGrammar(readFileSync(grammarFile, "utf8"), fileURLToPath(grammarFile)),
  });
  return registry.loadGrammar("source.envc");
}

/** [line, start, end, scope] of every piece of text that has a scope of its own. */
export function tokens(grammar, text) {
  const found = [];
  let stack = textmate.INITIAL;
  text.split(/\r?\n/).forEach((line, number) => {
    const result = grammar.tokenizeLine(line, stack);
    stack = result.ruleStack;
    for (const { startIndex, endIndex, scopes } of result.tokens) {
      const scope = scopes.length > 1 ? scopes.at(-1) : "";
      if (scope) found.push([number, startIndex, Math.min(endIndex, line.length), scope]);
    }
  });
  return found;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const loaded = await grammar();
  const files = process.argv.slice(2).map((path) => tokens(loaded, readFileSync(path, "utf8")));
  process.stdout.write(JSON.stringify(files));
}
