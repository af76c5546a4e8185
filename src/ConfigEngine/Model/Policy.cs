namespace ConfigEngine.Model;

/// <summary>A rule for plans: what no plan may contain, and why.</summary>
/// <param name="Name">What it forbids, in a few words.</param>
/// <param name="Because">The reason, for whoever meets it.</param>
/// <param name="Source">Where it is declared.</param>
/// <param name="Forbids">Whether it forbids a resource of a plan.</param>
sealed record Policy(string Name, string Because, SourceLine? Source, Func<PolicyView, bool> Forbids);

/// <summary>A resource of a plan, as a policy sees it.</summary>
/// <param name="Host">The host.</param>
/// <param name="Resource">The resource, as the recipe declares it.</param>
/// <param name="Change">What would be done about it; null if nothing has to change.</param>
/// <example><code>
/// Forbid("a reboot of a database", seen => seen.Host.In("db") &amp;&amp; seen.Resource is Reboot, because: "they are rebooted by hand");
/// </code></example>
public sealed record PolicyView(HostView Host, Resource Resource, Change? Change)
{
    /// <summary>Whether the change has an effect of this kind.</summary>
    public bool Has(EffectKind kind) => Change?.Effects.Any(effect => effect.Kind == kind) is true;
}
