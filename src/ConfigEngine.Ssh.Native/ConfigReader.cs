using ConfigEngine.Local;

namespace ConfigEngine.Ssh.Native;

/// <summary>
/// Reads ssh_config files for one host, as ssh does: the first value of a directive is used, and those of some are collected.
/// </summary>
/// <param name="name">The name of the host, as it was given.</param>
/// <param name="user">The user that was given; null if the configuration decides.</param>
sealed class ConfigReader(string name, string? user)
{
    const int Deepest = 16;
    readonly Dictionary<string, List<SshConfigLine>> found = new(StringComparer.OrdinalIgnoreCase);
    readonly List<string> order = [];

    /// <summary>All lines for a directive that apply to the host, in order.</summary>
    public IReadOnlyList<SshConfigLine> All(string directive) => found.GetValueOrDefault(directive) ?? [];

    /// <summary>The first line for a directive; null if there is none.</summary>
    public SshConfigLine? Line(string directive) => All(directive) is [var first, ..] ? first : null;

    /// <summary>The first value; null if there is none.</summary>
    public string? Value(string directive) => Line(directive)?.First;

    /// <summary>Whether a directive is switched on.</summary>
    public bool IsOn(string directive, Unsaid unsaid) =>
        Value(directive)?.ToLowerInvariant() switch
        {
            null => unsaid is Unsaid.On,
            "yes" or "true" => true,
            "no" or "false" => false,
            var other => throw new SettingsException($"{Line(directive)?.At}: {directive} is yes or no, not {other}"),
        };

    /// <summary>Reads the user's files, and then those of the machine.</summary>
    /// <param name="name">The name of the host, as it was given.</param>
    /// <param name="user">The user that was given; null if the configuration decides.</param>
    /// <param name="instead">A file to use instead of all; null for the usual ones.</param>
    public static ConfigReader Read(string name, string? user, string? instead)
    {
        ConfigReader reader = new(name, user);
        if (instead is not null)
            reader.Add(instead, SshPatterns.HomeSsh, _ => { }, 0);
        else
        {
            reader.Add(Path.Combine(SshPatterns.HomeSsh, "config"), SshPatterns.HomeSsh, CheckOwner, 0);
            reader.Add("/etc/ssh/ssh_config", "/etc/ssh", _ => { }, 0);
        }

        return reader;
    }

    void Add(string file, string directory, Action<string> check, int depth)
    {
        if (!File.Exists(file))
            return;
        if (depth > Deepest)
            throw new SettingsException($"{file}: Include leads in a circle, or more than {Deepest} files deep");
        check(file);
        var applies = true;
        foreach (var line in SshConfigLine.Of(file, File.ReadLines(file)))
        {
            switch (line.Keyword.ToLowerInvariant())
            {
                case "host":
                    applies = SshPatterns.Match(line.Arguments, name);
                    break;
                case "match":
                    applies = Matches(line);
                    break;
                case "include" when applies:
                    foreach (var path in line.Arguments.Select(argument => SshPatterns.Tilde(argument)))
                    {
                        foreach (var included in SshPatterns.Files(Path.Combine(directory, path)))
                            Add(included, directory, check, depth + 1);
                    }

                    break;
                case "include":
                    break;
                default:
                    Take(line, applies ? Applies.Yes : Applies.No);
                    break;
            }
        }
    }

    void Take(SshConfigLine line, Applies applies)
    {
        if (!Directive.All.TryGetValue(line.Keyword, out var directive))
        {
            if (Value("IgnoreUnknown") is { } ignored && SshPatterns.Match(ignored.Split(','), line.Keyword))
                return;
            throw new SettingsException(
                $"{line.At}: {line.Keyword} is not a directive of ssh_config(5)",
                "Correct it, or name it in IgnoreUnknown before this line."
            );
        }

        if (applies is Applies.No)
            return;
        if (found.TryGetValue(directive.Name, out var lines))
            lines.Add(line);
        else
        {
            found[directive.Name] = [line];
            order.Add(directive.Name);
        }
    }

    /// <summary>A directive that applies and is refused is an error.</summary>
    public void Refuse()
    {
        foreach (var (keyword, lines) in found)
        {
            var directive = Directive.All[keyword];
            var value = string.Join(' ', lines[0].Arguments);
            if (
                directive.Use is DirectiveUse.Refused
                && !directive.Harmless.Contains(value, StringComparer.OrdinalIgnoreCase)
                // The first of the two decides (ssh_config(5)).
                && !(
                    directive.Name is "ProxyCommand"
                    && order.IndexOf("ProxyJump") is >= 0 and var jump
                    && jump < order.IndexOf("ProxyCommand")
                )
            )
                throw new SettingsException($"{lines[0].At}: {directive.Name} cannot be used here, because {directive.Why}", WayOut);
        }
    }

    const string WayOut = "Use --transport openssh for this host, or leave the directive out for it.";

    bool Matches(SshConfigLine line)
    {
        var words = new Queue<string>(line.Arguments);
        var matches = true;
        while (words.TryDequeue(out var word))
        {
            var wanted = !word.StartsWith('!');
            var criterion = word.TrimStart('!').ToLowerInvariant();
            if (criterion is "all")
                continue;
            var patterns = words.TryDequeue(out var list) ? list.Split(',') : [];
            // What does not apply anyway need not be understood.
            if (!matches)
                continue;
            matches =
                wanted
                == SshPatterns.Match(
                    patterns,
                    criterion switch
                    {
                        "host" => Value("Hostname") ?? name,
                        "originalhost" => name,
                        "user" => user ?? Value("User") ?? Environment.UserName,
                        "localuser" => Environment.UserName,
                        _ => throw new SettingsException(
                            $"{line.At}: Match {criterion} cannot be decided here",
                            "Match all, host, originalhost, user and localuser can. Use --transport openssh for the others."
                        ),
                    }
                );
        }

        return matches;
    }

    /// <summary>A file that others can change may name any host; ssh refuses it, too.</summary>
    static void CheckOwner(string file)
    {
        try
        {
            Trust.Own.Find(Path.GetFullPath(file));
        }
        catch (UntrustedException untrusted)
        {
            throw new SettingsException(untrusted.Message);
        }
    }

    enum Applies
    {
        Yes,
        No,
    }
}

/// <summary>The value of a directive that is not set.</summary>
enum Unsaid
{
    /// <summary>It is on.</summary>
    On,

    /// <summary>It is off.</summary>
    Off,
}
