namespace ConfigEngine.Applying;

/// <summary>When the changed resources of a host are probed.</summary>
enum ProbeTime
{
    /// <summary>Together with the steps, without waiting for their answers. If one of them fails, the probe is skipped.</summary>
    WithSteps,

    /// <summary>After the steps have been answered.</summary>
    AfterSteps,
}
