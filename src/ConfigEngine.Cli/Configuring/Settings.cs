namespace ConfigEngine.Cli.Configuring;

/// <summary>What is set in the environment, and then in <c>cfg.json</c> beside the inventory; options win over both.</summary>
sealed class Settings
{
    readonly Dictionary<Setting, (string Value, string From)> values = [];

    /// <summary>Looks for what is set.</summary>
    /// <param name="recipe">The recipe; the nearest <c>infra.csx</c> from here when null.</param>
    /// <param name="trusted">Directories whose files are trusted, whoever can write them.</param>
    /// <param name="terminal">Whose environment it is.</param>
    /// <exception cref="UsageException">A value is not of its form, or the file has a name that there is not.</exception>
    /// <exception cref="ConfigEngine.Local.UntrustedException">Somebody else can change the file.</exception>
    public static Settings Find(string? recipe, IReadOnlyList<string> trusted, Terminal terminal)
    {
        Settings settings = new();
        var path = SettingsFile.PathFor(recipe);
        var file = path is null ? [] : SettingsFile.Read(path, trusted);
        foreach (var setting in Setting.All)
        {
            var (value, from) =
                terminal.Variable(setting.Variable) is { Length: > 0 } variable ? (variable, setting.Variable)
                : path is not null && file.TryGetValue(setting.Name, out var written) ? (written, path)
                : (setting.Default, "default");
            if (from is not "default" && !setting.IsRight(value))
                throw new UsageException(
                    from == path
                        ? $"{path}: {setting.Name} is \"{value}\"\n  hint: write {setting.Wants}"
                        : $"{from} is \"{value}\"\n  hint: write {setting.Wants}"
                );
            // A path in the file is from where the file is.
            if (setting == Setting.SshConfig && from == path && path is not null)
                value = Path.Combine(Path.GetDirectoryName(path) ?? "", value);
            settings.values[setting] = (value, from);
        }

        return settings;
    }

    /// <summary>What something is set to; empty for nothing.</summary>
    public string this[Setting setting] => values[setting].Value;

    /// <summary>Where that is said: a variable, a file, or <c>default</c>.</summary>
    public string From(Setting setting) => values[setting].From;
}
