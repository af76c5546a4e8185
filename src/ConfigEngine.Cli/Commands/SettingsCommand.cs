using System.CommandLine;
using ConfigEngine.Cli.Configuring;
using ConfigEngine.Rendering;

namespace ConfigEngine.Cli.Commands;

/// <summary><c>cfg settings</c>: the settings for all commands, and where they come from.</summary>
static class SettingsCommand
{
    public static Command Make(Terminal terminal)
    {
        Command command = new(
            "settings",
            "Show the settings, and where each is set: an option wins over CFG_* variables, these over cfg.json beside infra.csx."
        );
        var recipe = Paths.Recipe("The recipe that they are for");
        command.Add(recipe);
        var trust = Named.AddTo(command);
        command.SetAction(parsed => terminal.Print(Lines(Settings.Find(parsed.GetValue(recipe), parsed.GetValue(trust) ?? [], terminal))));
        return command;
    }

    static IEnumerable<OutputLine> Lines(Settings settings)
    {
        var names = Setting.All.Max(setting => setting.Name.Length) + 2;
        var values = Setting.All.Max(setting => Cells.Of(Shown(settings[setting]))) + 2;
        foreach (var setting in Setting.All)
            yield return new(
                new(Cells.Pad(setting.Name, names), Ink.Bold),
                new(Cells.Pad(Shown(settings[setting]), values)),
                new(Printable.Line(settings.From(setting)), Ink.Dim)
            );
    }

    static string Shown(string value) => value.Length == 0 ? "none" : Printable.Line(value);
}
