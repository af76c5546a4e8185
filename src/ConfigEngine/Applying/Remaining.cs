namespace ConfigEngine.Applying;

/// <summary>Whether a run has something to do on a host after what is sent now.</summary>
enum Remaining
{
    /// <summary>Nothing: what was changed can be looked at for the last time, in the same round trip.</summary>
    Nothing,

    /// <summary>More steps or handlers, or nobody knows yet.</summary>
    More,
}
