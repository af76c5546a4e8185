using System.Globalization;

namespace ConfigEngine.Local;

/// <summary>The users and groups of this machine, from its own files (passwd(5), group(5)).</summary>
sealed class LocalAccounts(string passwd, string group)
{
    static readonly Lazy<LocalAccounts> OfThisMachine = new(() => new(Read("/etc/passwd"), Read("/etc/group")));

    const uint None = uint.MaxValue;

    readonly List<User> users = [.. Lines(passwd).Select(parts => new User(parts[0], Number(parts[2]), Number(parts[3])))];

    readonly List<Group> groups =
    [
        .. Lines(group).Select(parts => new Group(parts[0], Number(parts[2]), parts[3].Split(',', StringSplitOptions.RemoveEmptyEntries))),
    ];

    /// <summary>The accounts of this machine.</summary>
    public static LocalAccounts Here => OfThisMachine.Value;

    /// <summary>A user's name; the number if it has none.</summary>
    public string UserName(uint number) => users.Find(user => user.Number == number)?.Name ?? $"user {number}";

    /// <summary>A group's name; the number if it has none.</summary>
    public string GroupName(uint number) => groups.Find(one => one.Number == number)?.Name ?? $"{number}";

    /// <summary>
    /// Whether a group has members, and all of them are among these users. Many systems give each user such a group, and make all
    /// files writable by it.
    /// </summary>
    public bool HasOnly(uint number, IReadOnlyCollection<uint> trusted)
    {
        List<uint> members =
        [
            .. users.Where(user => user.Group == number).Select(user => user.Number),
            .. groups.Where(one => one.Number == number).SelectMany(one => one.Members).Select(UserNumber),
        ];
        return members.Count > 0 && members.TrueForAll(trusted.Contains);
    }

    uint UserNumber(string name) => users.Find(user => user.Name == name)?.Number ?? None;

    static IEnumerable<string[]> Lines(string text) => text.Split('\n').Select(line => line.Split(':')).Where(parts => parts.Length > 3);

    static uint Number(string text) =>
        uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : None;

    static string Read(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    sealed record User(string Name, uint Number, uint Group);

    sealed record Group(string Name, uint Number, IReadOnlyList<string> Members);
}
