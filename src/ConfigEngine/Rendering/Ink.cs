namespace ConfigEngine.Rendering;

/// <summary>The meaning of a piece of text; a terminal shows it as a colour.</summary>
enum Ink
{
    /// <summary>No special meaning.</summary>
    Plain,

    /// <summary>Text that is added.</summary>
    Added,

    /// <summary>Text that is removed.</summary>
    Removed,

    /// <summary>Text that is changed.</summary>
    Changed,

    /// <summary>Less important text.</summary>
    Dim,

    /// <summary>A heading.</summary>
    Bold,

    /// <summary>Text that the reader must not miss.</summary>
    Warning,

    /// <summary>The word before an error.</summary>
    Error,

    /// <summary>A word or a sentence about a failure.</summary>
    Failed,

    /// <summary>The reason why a plan is not sure.</summary>
    Doubt,
}
