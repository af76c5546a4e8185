// Starts `cfg lsp` for the recipes of this workspace, and shows what it says. Written by `cfg ide`; it needs no other package.
const vscode = require('vscode');
const { spawn } = require('child_process');

const language = 'cfg-recipe';
let server;

/** A server: requests and notices, framed as the Language Server Protocol says. */
class Server {
  constructor(path, directory, heard) {
    this.waiting = new Map();
    this.last = 0;
    this.read = Buffer.alloc(0);
    this.heard = heard;
    this.process = spawn(path, ['lsp'], { cwd: directory, stdio: ['pipe', 'pipe', 'pipe'] });
    this.process.stdout.on('data', data => this.take(data));
    this.process.stderr.on('data', data => heard('log', `${data}`));
    this.process.stdin.on('error', () => {});
    this.process.on('error', error => this.ended(`cfg lsp cannot be started: ${error.message}`));
    this.process.on('exit', code => this.ended(`cfg lsp ended with ${code}`));
  }

  take(data) {
    this.read = Buffer.concat([this.read, data]);
    for (;;) {
      const head = this.read.indexOf('\r\n\r\n');
      if (head < 0) return;
      const length = Number(/content-length: (\d+)/i.exec(this.read.toString('latin1', 0, head))?.[1] ?? 0);
      const begin = head + 4;
      if (this.read.length < begin + length) return;
      const message = JSON.parse(this.read.toString('utf8', begin, begin + length));
      this.read = this.read.subarray(begin + length);
      if (message.method) this.heard(message.method, message.params);
      else {
        this.waiting.get(message.id)?.(message.result ?? null);
        this.waiting.delete(message.id);
      }
    }
  }

  send(message) {
    const text = Buffer.from(JSON.stringify({ jsonrpc: '2.0', ...message }));
    this.process.stdin.write(`Content-Length: ${text.length}\r\n\r\n`);
    this.process.stdin.write(text);
  }

  tell(method, params) {
    this.send({ method, params });
  }

  ask(method, params, token) {
    const id = ++this.last;
    token?.onCancellationRequested(() => this.tell('$/cancelRequest', { id }));
    return new Promise(resolve => {
      this.waiting.set(id, resolve);
      this.send({ id, method, params });
    });
  }

  ended(why) {
    for (const resolve of this.waiting.values()) resolve(null);
    this.waiting.clear();
    this.heard('ended', why);
  }
}

const isRecipe = document => document.uri.scheme === 'file' && document.fileName.endsWith('.csx');
const named = document => ({ uri: document.uri.toString() });
const place = (document, position) => ({ textDocument: named(document), position });
const range = r => new vscode.Range(r.start.line, r.start.character, r.end.line, r.end.character);
const edit = e => new vscode.TextEdit(range(e.range), e.newText);
const markdown = text => (text ? new vscode.MarkdownString(text.value) : undefined);

function completion(item) {
  const made = new vscode.CompletionItem(item.label, item.kind - 1);
  Object.assign(made, { filterText: item.filterText, sortText: item.sortText, preselect: item.preselect, detail: item.detail });
  made.documentation = markdown(item.documentation);
  if (item.textEdit) {
    made.range = range(item.textEdit.range);
    made.insertText = item.textEdit.newText;
  }
  made.additionalTextEdits = item.additionalTextEdits?.map(edit);
  made.item = item;
  return made;
}

function diagnostic(problem) {
  const made = new vscode.Diagnostic(range(problem.range), problem.message, problem.severity - 1);
  Object.assign(made, { source: problem.source, code: problem.code });
  return made;
}

function symbol(part) {
  const made = new vscode.DocumentSymbol(part.name, '', part.kind - 1, range(part.range), range(part.selectionRange));
  made.children = part.children.map(symbol);
  return made;
}

async function activate(context) {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const found = vscode.languages.createDiagnosticCollection('cfg');
  const log = vscode.window.createOutputChannel('cfg');
  server = new Server(vscode.workspace.getConfiguration('cfg').get('path') || 'cfg', folder?.fsPath, (what, params) => {
    if (what === 'textDocument/publishDiagnostics') found.set(vscode.Uri.parse(params.uri), params.diagnostics.map(diagnostic));
    else if (what === 'log' || what === 'ended') log.append(`${params}\n`);
  });
  await server.ask('initialize', { processId: process.pid, rootUri: folder?.toString() ?? null, capabilities: {} });
  server.tell('initialized', {});

  // As another language than C#, so that no server for C# programs looks at it: to such a server, a recipe is full of errors.
  const open = document => {
    if (!isRecipe(document)) return;
    if (document.languageId !== language) vscode.languages.setTextDocumentLanguage(document, language);
    else server.tell('textDocument/didOpen', { textDocument: { ...named(document), languageId: 'csharp', version: 1, text: document.getText() } });
  };
  const when = (event, act) => context.subscriptions.push(event(act));
  when(vscode.workspace.onDidOpenTextDocument, open);
  when(vscode.workspace.onDidChangeTextDocument, ({ document }) => {
    if (document.languageId === language)
      server.tell('textDocument/didChange', { textDocument: named(document), contentChanges: [{ text: document.getText() }] });
  });
  when(vscode.workspace.onDidCloseTextDocument, document => {
    if (document.languageId === language) server.tell('textDocument/didClose', { textDocument: named(document) });
  });
  when(vscode.workspace.onDidSaveTextDocument, document => {
    if (document.languageId === language) server.tell('textDocument/didSave', { textDocument: named(document) });
  });
  vscode.workspace.textDocuments.forEach(open);

  const give = (register, provider, ...triggers) => context.subscriptions.push(register(language, provider, ...triggers));
  give(
    vscode.languages.registerCompletionItemProvider,
    {
      provideCompletionItems: async (document, position, token, asked) => {
        const list = await server.ask('textDocument/completion', { ...place(document, position), context: { triggerCharacter: asked.triggerCharacter } }, token);
        return list?.items.map(completion);
      },
      resolveCompletionItem: async (made, token) => Object.assign(made, completion((await server.ask('completionItem/resolve', made.item, token)) ?? made.item)),
    },
    '.', ' ', '{', '"', '/',
  );
  give(vscode.languages.registerHoverProvider, {
    provideHover: async (document, position, token) => {
      const hover = await server.ask('textDocument/hover', place(document, position), token);
      return hover && new vscode.Hover(markdown(hover.contents), range(hover.range));
    },
  });
  give(vscode.languages.registerDefinitionProvider, {
    provideDefinition: async (document, position, token) =>
      (await server.ask('textDocument/definition', place(document, position), token))?.map(
        at => new vscode.Location(vscode.Uri.parse(at.uri), range(at.range)),
      ),
  });
  give(
    vscode.languages.registerSignatureHelpProvider,
    {
      provideSignatureHelp: async (document, position, token) => {
        const help = await server.ask('textDocument/signatureHelp', place(document, position), token);
        if (!help) return undefined;
        const made = new vscode.SignatureHelp();
        Object.assign(made, { activeSignature: help.activeSignature, activeParameter: help.activeParameter });
        made.signatures = help.signatures.map(one => {
          const signature = new vscode.SignatureInformation(one.label, markdown(one.documentation));
          signature.parameters = one.parameters.map(each => new vscode.ParameterInformation(each.label, markdown(each.documentation)));
          return signature;
        });
        return made;
      },
    },
    '(', ',',
  );
  give(vscode.languages.registerDocumentSymbolProvider, {
    provideDocumentSymbols: async (document, token) =>
      (await server.ask('textDocument/documentSymbol', { textDocument: named(document) }, token))?.map(symbol),
  });
  give(vscode.languages.registerDocumentFormattingEditProvider, {
    provideDocumentFormattingEdits: async (document, options, token) =>
      (await server.ask('textDocument/formatting', { textDocument: named(document), options }, token))?.map(edit),
  });
}

async function deactivate() {
  if (!server || server.process.exitCode !== null) return;
  await server.ask('shutdown');
  server.tell('exit');
}

module.exports = { activate, deactivate };
