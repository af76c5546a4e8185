namespace ConfigEngine.HostFacts;

/// <summary>
/// The answer to the fact script has a shape that is not known. Nothing is guessed from it: the message names the section
/// and shows the first line that does not belong.
/// </summary>
sealed class FactsUnreadableException(string section, string problem) : CfgException($"cannot read the host's facts: {section}: {problem}")
{
    /// <summary>The part of the answer that could not be read, by its name in the answer.</summary>
    public string Section { get; } = section;
}
