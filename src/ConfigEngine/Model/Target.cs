namespace ConfigEngine.Model;

/// <summary>
/// The hosts of a block: a <see cref="Host"/>, a <see cref="Group"/>, or a selector as text: names of hosts and groups, globs
/// (<c>web*</c>) and exclusions (<c>!web3</c>), separated by commas. <c>all</c> is every host.
/// </summary>
public abstract record Target
{
    /// <summary>This target as a selector.</summary>
    public abstract string Selector { get; }

    /// <summary>A selector as text.</summary>
    public static implicit operator Target(string selector) => new Selection(selector);

    sealed record Selection(string Text) : Target
    {
        public override string Selector => Text;
    }
}
