namespace ConfigEngine.Resources;

/// <summary>
/// A part of a transaction, as text: <c>nginx</c>, <c>nginx=1.22.1-9</c>, or <c>nginx-</c> to remove it. Flags follow, each after a
/// bar: <c>hold</c> holds it afterwards; <c>let</c> releases it; <c>first</c> finishes interrupted work before.
/// </summary>
static class PackageItem
{
    /// <summary>The item without its flags.</summary>
    public static string Argument(string item) => item.Split('|')[0];

    /// <summary>Whether an item has a flag.</summary>
    public static bool Has(string item, string flag) => item.Split('|').Skip(1).Contains(flag);

    /// <summary>The packages that have a flag.</summary>
    public static string[] With(IEnumerable<string> items, string flag) =>
        [.. items.Where(item => Has(item, flag)).Select(item => Argument(item).Split('=')[0])];

    /// <summary>A name without its architecture, as dpkg writes it.</summary>
    public static string Bare(string name) => name.Split(':')[0];
}
