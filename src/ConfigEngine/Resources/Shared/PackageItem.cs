namespace ConfigEngine.Resources;

/// <summary>
/// A part of a transaction, as text: <c>nginx</c>, <c>nginx=1.22.1-9</c>, or <c>nginx-</c> to remove it. Flags follow, each after a
/// bar: <c>hold</c> holds it afterwards; <c>let</c> releases it; <c>first</c> finishes interrupted work before; <c>recommends</c> also
/// installs what it recommends, and then all items of the transaction have that flag.
/// </summary>
static class PackageItem
{
    /// <summary>The flag for recommended packages.</summary>
    public const string Recommends = "recommends";

    /// <summary>The item without its flags.</summary>
    public static string Argument(string item) => item.Split('|')[0];

    /// <summary>Whether an item has a flag.</summary>
    public static bool Has(string item, string flag) => item.Split('|').Skip(1).Contains(flag);

    /// <summary>Whether recommended packages are installed with these.</summary>
    public static bool HaveRecommended(IEnumerable<string> items) => items.Any(item => Has(item, Recommends));

    /// <summary>A transaction's key: with and without recommended packages are two transactions.</summary>
    public static string BatchKey(string tool, string item) => Has(item, Recommends) ? $"{tool} with recommended packages" : tool;

    /// <summary>The packages that have a flag.</summary>
    public static string[] With(IEnumerable<string> items, string flag) =>
        [.. items.Where(item => Has(item, flag)).Select(item => Argument(item).Split('=')[0])];

    /// <summary>A name without its architecture, as dpkg writes it.</summary>
    public static string Bare(string name) => name.Split(':')[0];
}
