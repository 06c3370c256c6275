// The colours, the manifest, and the client's way of starting a real server.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { test } from "node:test";
import rpc from "vscode-jsonrpc/node.js";
import { grammar, tokens } from "./tokens.mjs";

const root = new URL("../", import.meta.url);
const read = (path) => JSON.parse(readFileSync(new URL(path, root), "utf8"));
const manifest = read("package.json");

/** The words of a text with the last part of their scopes' names. */
async function coloured(text) {
  const lines = text.split("\n");
  return tokens(await grammar(), text).map(([line, start, end, scope]) => [
    lines[line].slice(start, end).trimEnd(),
    scope.replace(/\.envc$/, ""),
  ]);
}

test("a keyword is one only where the grammar asks for it", async () => {
  assert.deepEqual(await coloured("app a {\n  needs {\n    test@1 for test, build when on\n  }\n}"), [
    ["app", "keyword.control"],
    ["a", "entity.name.type"],
    ["{", "punctuation"],
    ["needs", "keyword.control"],
    ["{", "punctuation"],
    ["test", "variable.other"],
    ["@1", "constant.other.versions"],
    ["for", "keyword.other"],
    ["test", "variable.other"],
    [",", "punctuation"],
    ["build", "variable.other"],
    ["when", "keyword.other"],
    ["on", "variable.other"],
    ["}", "punctuation"],
    ["}", "punctuation"],
  ]);
});

test("a list goes on behind a comma that ends its line", async () => {
  const found = await coloured("targets a = b, # why\n\n  app,\n  c\napp d {\n}");
  assert.deepEqual(
    found.filter(([, scope]) => scope.startsWith("keyword.control")).map(([word]) => word),
    ["targets", "app"],
  );
  assert.ok(found.some(([word, scope]) => word === "app" && scope === "variable.other"));
});

test("numbers have their units, texts their quotes", async () => {
  const found = await coloured('app a {\n  run b {\n    memory 16 GiB # h\n    command "x # y"\n  }\n}');
  assert.deepEqual(found.slice(6, 12), [
    ["memory", "variable.other.property"],
    ["16", "constant.numeric"],
    ["GiB", "keyword.other.unit"],
    ["# h", "comment.line.number-sign"],
    ["command", "variable.other.property"],
    ['"x # y"', "string.quoted.double"],
  ]);
});

test("what the manifest names is there", () => {
  const { languages, grammars, commands } = manifest.contributes;
  for (const path of [manifest.main, languages[0].configuration, grammars[0].path]) {
    assert.ok(existsSync(new URL(path, root)), path);
  }
  assert.equal(grammars[0].scopeName, read(grammars[0].path).scopeName);
  assert.deepEqual(languages[0].extensions, [".envc"]);
  assert.deepEqual(manifest.activationEvents, [`onLanguage:${languages[0].id}`]);
  const source = readFileSync(new URL("extension.js", root), "utf8");
  for (const { command } of commands) assert.ok(source.includes(`"${command}"`), command);
});

test("the language configuration's expressions are good", () => {
  const configuration = read("language-configuration.json");
  const { increaseIndentPattern, decreaseIndentPattern } = configuration.indentationRules;
  assert.match('  command "a" { # b', new RegExp(increaseIndentPattern));
  assert.doesNotMatch('  command "a {"', new RegExp(increaseIndentPattern));
  assert.match("  }", new RegExp(decreaseIndentPattern));
  assert.equal("python-mpi4py@4".match(new RegExp(configuration.wordPattern))[0], "python-mpi4py");
});

test("the extension starts what the setting says, and says so where it cannot", async () => {
  const started = [];
  const shown = [];
  class LanguageClient {
    constructor(...settings) {
      started.push(settings);
    }
    async start() {
      throw new Error("not found");
    }
  }
  const vscode = {
    workspace: { getConfiguration: () => ({ get: () => ["/nowhere/envc", "lsp"] }) },
    commands: { registerCommand: (name) => ({ name }) },
    window: { showErrorMessage: (text) => shown.push(text) },
  };
  const given = {
    vscode,
    "vscode-languageclient/node": { LanguageClient, TransportKind: { stdio: 0 } },
  };
  const extension = loaded("../extension.js", given);
  const context = { subscriptions: [] };
  await extension.activate(context);
  await extension.deactivate();
  assert.deepEqual(context.subscriptions, [{ name: "envc.restart" }]);
  assert.deepEqual(started[0][2], { command: "/nowhere/envc", args: ["lsp"], transport: 0 });
  assert.match(shown[0], /`\/nowhere\/envc` did not start .*pip install 'envc\[editor\]'/);
});

test("the bundle holds the client, and asks for nothing but the editor", () => {
  const blank = new Proxy(class {}, { get: (target, name) => target[name] ?? class {} });
  const extension = loaded("../dist/extension.js", { vscode: blank });
  assert.deepEqual(Object.keys(extension).sort(), ["activate", "deactivate"]);
});

test("a real server answers with diagnostics", { skip: !process.env.ENVC_LSP }, async () => {
  const [command, ...args] = JSON.parse(process.env.ENVC_LSP);
  const server = spawn(command, args, { stdio: ["pipe", "pipe", "inherit"] });
  const connection = rpc.createMessageConnection(
    new rpc.StreamMessageReader(server.stdout),
    new rpc.StreamMessageWriter(server.stdin),
  );
  const told = new Promise((resolve) =>
    connection.onNotification("textDocument/publishDiagnostics", resolve),
  );
  connection.listen();
  const { capabilities } = await connection.sendRequest("initialize", {
    processId: process.pid,
    rootUri: null,
    capabilities: {},
  });
  assert.ok(capabilities.hoverProvider);
  await connection.sendNotification("initialized", {});
  const textDocument = { uri: "file:///a.envc", languageId: "envc", version: 1, text: "ap x {\n}\n" };
  await connection.sendNotification("textDocument/didOpen", { textDocument });
  const { diagnostics } = await told;
  assert.ok(diagnostics.some((each) => each.source === "envc"));
  await connection.sendRequest("shutdown");
  await connection.sendNotification("exit");
  const code = await new Promise((resolve) => server.on("exit", resolve));
  connection.dispose();
  assert.equal(code, 0);
});

/** A file of the extension, with stand-ins for what the editor hands it. */
function loaded(path, given) {
  const require = createRequire(import.meta.url);
  const Module = require("node:module");
  const load = Module._load;
  Module._load = (name, ...rest) => given[name] ?? load(name, ...rest);
  try {
    return require(path);
  } finally {
    Module._load = load;
  }
}
