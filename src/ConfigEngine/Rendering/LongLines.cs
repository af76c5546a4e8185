namespace ConfigEngine.Rendering;

/// <summary>How lines of a file are shown that are longer than a screen. A line can be very long.</summary>
enum LongLines
{
    /// <summary>Completely.</summary>
    Whole,

    /// <summary>Their beginning, and the length of the rest.</summary>
    Cut,
}
