namespace ConfigEngine.Editor.Protocol;

/// <summary>A file that an editor has open.</summary>
sealed record Identifier(string Uri);

/// <summary>The text of such a file.</summary>
sealed record Opened(string Uri, string Text);

/// <summary>A new text. The server asks for whole texts, so it is never a part of one.</summary>
sealed record Change(string Text);

/// <summary><c>initialize</c></summary>
sealed record InitializeRequest(string? RootUri = null);

/// <summary><c>textDocument/didOpen</c></summary>
sealed record OpenNotice(Opened TextDocument);

/// <summary><c>textDocument/didChange</c></summary>
sealed record ChangeNotice(Identifier TextDocument, IReadOnlyList<Change> ContentChanges);

/// <summary><c>textDocument/didClose</c>, <c>textDocument/documentSymbol</c> and <c>textDocument/formatting</c></summary>
sealed record DocumentRequest(Identifier TextDocument);

/// <summary><c>textDocument/hover</c>, <c>textDocument/definition</c> and <c>textDocument/signatureHelp</c></summary>
sealed record PositionRequest(Identifier TextDocument, Position Position);

/// <summary><c>textDocument/completion</c></summary>
sealed record CompletionRequest(Identifier TextDocument, Position Position, CompletionContext? Context = null);

/// <summary>What asked for completion: a character that was typed, or the user.</summary>
sealed record CompletionContext(string? TriggerCharacter = null);
