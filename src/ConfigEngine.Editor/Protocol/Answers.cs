namespace ConfigEngine.Editor.Protocol;

/// <summary>Something wrong in a text.</summary>
sealed record Diagnostic(TextRange Range, Severity Severity, string Message)
{
    /// <summary>The compiler's number of it.</summary>
    public string? Code { get; init; }

    /// <summary>Who says so.</summary>
    public string Source { get; } = "cfg";
}

/// <summary>How bad it is.</summary>
enum Severity
{
    /// <summary>The recipe cannot be loaded.</summary>
    Error = 1,

    /// <summary>It can be loaded.</summary>
    Warning = 2,
}

/// <summary><c>textDocument/publishDiagnostics</c>: all that is wrong in a file now.</summary>
sealed record Diagnostics(string Uri, IReadOnlyList<Diagnostic> Items)
{
    /// <summary>The protocol's name of it.</summary>
    [System.Text.Json.Serialization.JsonPropertyName("diagnostics")]
    public IReadOnlyList<Diagnostic> Items { get; init; } = Items;
}

/// <summary>What is known of a place.</summary>
sealed record Hover(Markup Contents, TextRange? Range = null);

/// <summary>The methods that a call may mean.</summary>
sealed record SignatureHelp(IReadOnlyList<Signature> Signatures, int ActiveSignature, int ActiveParameter);

/// <summary>One of them.</summary>
sealed record Signature(string Label, Markup? Documentation, IReadOnlyList<Parameter> Parameters);

/// <summary>A parameter of it.</summary>
/// <param name="Label">Where it is in the signature: its beginning, and its end.</param>
/// <param name="Documentation">What it is.</param>
sealed record Parameter(IReadOnlyList<int> Label, Markup? Documentation);

/// <summary>A part of a script in a list of all parts.</summary>
sealed record DocumentSymbol(string Name, SymbolKind Kind, TextRange Range, TextRange SelectionRange)
{
    /// <summary>The parts of it.</summary>
    public IReadOnlyList<DocumentSymbol> Children { get; init; } = [];
}

/// <summary>The kinds of symbols in use here, with the protocol's numbers.</summary>
enum SymbolKind
{
    /// <summary>A type.</summary>
    Class = 5,

    /// <summary>A function.</summary>
    Function = 12,

    /// <summary>A variable.</summary>
    Variable = 13,

    /// <summary>A resource.</summary>
    Object = 19,

    /// <summary>A block.</summary>
    Event = 24,
}
