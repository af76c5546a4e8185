namespace ConfigEngine.Applying;

/// <summary>When a host is asked how what was changed is now.</summary>
enum ProbeTime
{
    /// <summary>Together with the steps, without waiting for their answers. Where one of them fails, the probe is skipped.</summary>
    WithSteps,

    /// <summary>When they have been answered.</summary>
    AfterSteps,
}
