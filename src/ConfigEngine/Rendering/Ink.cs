namespace ConfigEngine.Rendering;

/// <summary>What a piece of text is; a terminal makes a colour of it.</summary>
public enum Ink
{
    /// <summary>Nothing special.</summary>
    Plain,

    /// <summary>What will be there.</summary>
    Added,

    /// <summary>What will not be there any more.</summary>
    Removed,

    /// <summary>What becomes different.</summary>
    Changed,

    /// <summary>What matters less.</summary>
    Dim,

    /// <summary>A heading.</summary>
    Bold,

    /// <summary>What the reader must not miss.</summary>
    Warning,

    /// <summary>The word before what went wrong.</summary>
    Error,

    /// <summary>That something failed, in a word or a sentence.</summary>
    Failed,

    /// <summary>Why a plan is not sure of something.</summary>
    Doubt,
}
