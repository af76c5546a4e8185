namespace ConfigEngine.Cli.Configuring;

/// <summary>
/// The settings from the environment, and then from <c>cfg.json</c> beside the inventory. Options take precedence over both.
/// </summary>
sealed class Settings
{
    readonly Dictionary<Setting, (string Value, string From)> values = [];

    /// <summary>Finds the settings.</summary>
    /// <param name="recipe">The recipe; the nearest <c>infra.csx</c> from here when null.</param>
    /// <param name="trusted">Directories whose files are trusted, even if other users can write them.</param>
    /// <param name="terminal">Gives the environment.</param>
    /// <exception cref="UsageException">A value does not have its form, or the file has an unknown name.</exception>
    /// <exception cref="ConfigEngine.Local.UntrustedException">Another user can change the file.</exception>
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
            // A path in the file is relative to the file.
            if (setting == Setting.SshConfig && from == path && path is not null)
                value = Path.Combine(Path.GetDirectoryName(path) ?? "", value);
            settings.values[setting] = (value, from);
        }

        return settings;
    }

    /// <summary>The value of a setting; empty for none.</summary>
    public string this[Setting setting] => values[setting].Value;

    /// <summary>Where the value comes from: a variable, a file, or <c>default</c>.</summary>
    public string From(Setting setting) => values[setting].From;
}
