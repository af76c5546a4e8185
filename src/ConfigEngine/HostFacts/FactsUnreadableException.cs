namespace ConfigEngine.HostFacts;

/// <summary>
/// The answer to the fact script has an unknown form. Nothing is guessed from it: the message names the section and shows the first
/// line that is not understood.
/// </summary>
sealed class FactsUnreadableException(string section, string problem) : CfgException($"cannot read the host's facts: {section}: {problem}")
{
    /// <summary>The section that could not be read, by its name in the answer.</summary>
    public string Section { get; } = section;
}
