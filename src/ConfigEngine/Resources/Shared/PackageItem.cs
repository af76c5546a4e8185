namespace ConfigEngine.Resources;

/// <summary>
/// A part of a transaction, as text: <c>nginx</c>, <c>nginx=1.22.1-9</c> or <c>nginx-</c> to remove it, and, each after a bar, what goes
/// with it: <c>hold</c> it afterwards; <c>let</c> it go; <c>first</c> finish what was left half done.
/// </summary>
static class PackageItem
{
    /// <summary>The item without what goes with it.</summary>
    public static string Argument(string item) => item.Split('|')[0];

    /// <summary>Whether something goes with it.</summary>
    public static bool Has(string item, string flag) => item.Split('|').Skip(1).Contains(flag);

    /// <summary>The packages that something goes with.</summary>
    public static string[] With(IEnumerable<string> items, string flag) =>
        [.. items.Where(item => Has(item, flag)).Select(item => Argument(item).Split('=')[0])];

    /// <summary>A name without its architecture, as dpkg writes it.</summary>
    public static string Bare(string name) => name.Split(':')[0];
}
