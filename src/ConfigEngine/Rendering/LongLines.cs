namespace ConfigEngine.Rendering;

/// <summary>How lines of a file are shown that are longer than a screen: a file of one line can be as long as any.</summary>
enum LongLines
{
    /// <summary>Whole, however long they are.</summary>
    Whole,

    /// <summary>Their beginning, and how much more there is.</summary>
    Cut,
}
