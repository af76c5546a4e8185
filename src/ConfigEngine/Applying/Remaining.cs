namespace ConfigEngine.Applying;

/// <summary>Whether a run has something to do on a host after the steps that are sent now.</summary>
enum Remaining
{
    /// <summary>Nothing: the last probes can be sent in the same round trip.</summary>
    Nothing,

    /// <summary>More steps or handlers, or it is not known yet.</summary>
    More,
}
