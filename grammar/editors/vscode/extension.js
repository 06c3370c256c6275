// Starts `envc lsp` and leaves everything else to it.
const vscode = require("vscode");
const { LanguageClient, TransportKind } = require("vscode-languageclient/node");

let client;

async function activate(context) {
  context.subscriptions.push(
    vscode.commands.registerCommand("envc.restart", async () => {
      await deactivate();
      await start();
    }),
  );
  await start();
}

async function deactivate() {
  const running = client;
  client = undefined;
  await running?.stop();
}

async function start() {
  const [command, ...args] = vscode.workspace.getConfiguration("envc").get("command");
  client = new LanguageClient(
    "envc",
    "envc",
    { command, args, transport: TransportKind.stdio },
    { documentSelector: [{ language: "envc" }] },
  );
  try {
    await client.start();
  } catch (problem) {
    client = undefined;
    vscode.window.showErrorMessage(
      `\`${command}\` did not start (${problem.message}). Install it with ` +
        "`pip install 'envc[editor]'`, or set `envc.command`.",
    );
  }
}

module.exports = { activate, deactivate };
