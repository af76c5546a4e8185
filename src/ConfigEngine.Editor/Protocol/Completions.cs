namespace ConfigEngine.Editor.Protocol;

/// <summary>What could be written at a place.</summary>
sealed record Completions(IReadOnlyList<Completion> Items)
{
    /// <summary>Whether more letters could bring more of them.</summary>
    public bool IsIncomplete { get; }
}

/// <summary>One of them.</summary>
sealed record Completion(string Label)
{
    /// <summary>What it is.</summary>
    public CompletionKind Kind { get; init; }

    /// <summary>What it is compared with while more letters are typed.</summary>
    public string? FilterText { get; init; }

    /// <summary>Where it is in the list.</summary>
    public string? SortText { get; init; }

    /// <summary>What it writes, and instead of what.</summary>
    public TextEdit? TextEdit { get; init; }

    /// <summary>What else it changes.</summary>
    public IReadOnlyList<TextEdit>? AdditionalTextEdits { get; init; }

    /// <summary>Whether it is taken when nothing else is chosen.</summary>
    public bool? Preselect { get; init; }

    /// <summary>Its declaration in one line.</summary>
    public string? Detail { get; init; }

    /// <summary>What it means.</summary>
    public Markup? Documentation { get; init; }

    /// <summary>Where the server finds it again.</summary>
    public CompletionData? Data { get; init; }
}

/// <summary>Where the server finds a completion again.</summary>
/// <param name="List">The number of the list.</param>
/// <param name="Item">Its place in the list.</param>
sealed record CompletionData(int List, int Item);

/// <summary>The kinds of completions in use here, with the protocol's numbers.</summary>
enum CompletionKind
{
    /// <summary>Nothing else.</summary>
    Text = 1,

    /// <summary>A method.</summary>
    Method = 2,

    /// <summary>A field.</summary>
    Field = 5,

    /// <summary>A variable.</summary>
    Variable = 6,

    /// <summary>A class or record.</summary>
    Class = 7,

    /// <summary>An interface.</summary>
    Interface = 8,

    /// <summary>A namespace.</summary>
    Module = 9,

    /// <summary>A property.</summary>
    Property = 10,

    /// <summary>An enumeration.</summary>
    Enum = 13,

    /// <summary>A word of the language.</summary>
    Keyword = 14,

    /// <summary>A file.</summary>
    File = 17,

    /// <summary>A member of an enumeration.</summary>
    EnumMember = 20,

    /// <summary>A constant.</summary>
    Constant = 21,

    /// <summary>A structure.</summary>
    Struct = 22,

    /// <summary>An event.</summary>
    Event = 23,

    /// <summary>A type that stands for another one.</summary>
    TypeParameter = 25,
}
