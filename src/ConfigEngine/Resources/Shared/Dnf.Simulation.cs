namespace ConfigEngine.Resources;

// What a transaction would do, read from dnf's output when it resolves the transaction.
sealed partial class Dnf
{
    static readonly string[] Come = ["installed", "reinstalled", "an upgrade", "a downgrade", "obsoleting"];
    static readonly string[] Go = ["erased", "obsoleted"];
    static readonly string[] Give = ["upgraded", "downgraded"];

    static Simulated Read(IReadOnlyList<string> lines)
    {
        var said = lines.Where(line => line.Length > 0).Select(line => line.Split('|')).ToList();
        var now = said.Where(line => line is ["now", ..])
            .Select(line => line is [_, var name, var architecture, var version] ? (name, architecture, version) : throw Unknown(line))
            .ToLookup(line => (line.name, line.architecture), line => line.version);
        var will = said.Where(line => line is ["will", ..]).Select(Will).ToList();
        var alone = said.Where(line => line is ["alone", ..]).Select(line => (Item: line[1], Done: Will(line[1..]))).ToList();
        List<PackageNow> unpacked =
        [
            .. will.Where(one => Come.Contains(one.What))
                .DistinctBy(one => (one.Name, one.Architecture))
                .Select(one => new PackageNow(
                    one.Name,
                    one.Architecture,
                    one.What is "installed" ? "" : now[(one.Name, one.Architecture)].LastOrDefault() ?? "",
                    one.Version
                )),
        ];
        return new()
        {
            Unpacked = unpacked,
            Removed =
            [
                .. will.Where(one => Go.Contains(one.What)).Select(one => one.Name).Distinct().Except(unpacked.Select(one => one.Name)),
            ],
            Downgraded = will.Where(one => one.What is "a downgrade").Select(one => one.Name).ToHashSet(),
            Removers = alone.Where(one => Go.Contains(one.Done.What)).ToLookup(one => one.Done.Name, one => one.Item),
            Bringers = alone
                .Where(one => Come.Contains(one.Done.What) && one.Done.Name != NameOf(one.Item))
                .DistinctBy(one => one.Done.Name)
                .ToDictionary(one => one.Done.Name, one => NameOf(one.Item)),
            Selected = said.Where(line => line is ["provides", _, _])
                .Select(line => (Virtual: line[1], Name: line[2]))
                .Where(one => unpacked.Exists(each => each.Is(one.Name)))
                .DistinctBy(one => one.Virtual)
                .ToDictionary(one => one.Virtual, one => one.Name),
        };
    }

    static (string What, string Name, string Architecture, string Version) Will(string[] line) =>
        line is [_, var what, var name, var architecture, var version] && (Come.Contains(what) || Go.Contains(what) || Give.Contains(what))
            ? (what, name, architecture, version)
            : throw Unknown(line);

    static string NameOf(string item) => item.Split('=')[0] is var name && name.EndsWith('-') ? name[..^1] : name;

    static UnexpectedOutputException Unknown(string[] line) =>
        new($"expected what dnf would do, got \"{Text.Excerpt(string.Join('|', line))}\"");
}
