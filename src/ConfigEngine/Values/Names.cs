using System.Text.RegularExpressions;

namespace ConfigEngine.Values;

/// <summary>The names that the systems allow.</summary>
static partial class Names
{
    /// <summary>
    /// A user or group by name or number. useradd(8) allows the names that match <c>NAME_REGEX</c>, Debian nearly any name. This
    /// allows the names that no tool misreads: no colon, slash, space or control character, and no dash at the beginning.
    /// </summary>
    public static bool IsUser(string name) => User().IsMatch(name);

    /// <summary>A systemd unit with its suffix (systemd.unit(5)).</summary>
    public static bool IsUnit(string name) => Unit().IsMatch(name);

    /// <summary>A package: Debian Policy 5.6.1, with what other distributions add (capitals, underscores).</summary>
    public static bool IsPackage(string name) => Package().IsMatch(name);

    [GeneratedRegex(@"^[^-:/,\s\p{Cc}'""`$\\;&|<>()*?~#!][^:/,\s\p{Cc}'""`\\;&|<>()*?~#!]{0,31}\z")]
    private static partial Regex User();

    [GeneratedRegex(@"^[A-Za-z0-9:_.\\@-]{1,250}\.(service|socket|device|mount|automount|swap|target|path|timer|slice|scope)\z")]
    private static partial Regex Unit();

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9+._-]*(:[a-z0-9]+)?\z")]
    private static partial Regex Package();
}
