using ConfigEngine.Local;
using ConfigEngine.Rendering;

namespace ConfigEngine.Cli.Rehearsing;

/// <summary>
/// The root file systems that containers are made from: freshly installed, kept from one rehearsal to the next, and only read.
/// </summary>
/// <param name="directory">The directory that keeps them.</param>
/// <param name="choice">Where they are installed from, and whether again.</param>
/// <param name="terminal">Says that one is installed, which takes its time.</param>
sealed class BaseSystems(string directory, RehearsalChoice choice, Terminal terminal)
{
    static readonly TimeSpan Deadline = TimeSpan.FromMinutes(30);

    readonly Dictionary<BaseName, string> made = [];

    /// <summary>When one was installed.</summary>
    public static DateTimeOffset Installed(string root) => Directory.GetLastWriteTimeUtc(Path.Combine(root, "etc"));

    /// <summary>The directory of a distribution, installed if it is not yet.</summary>
    /// <param name="name">The distribution.</param>
    /// <param name="script">The script that installs it.</param>
    /// <param name="ct">Stops.</param>
    /// <exception cref="UsageException">It cannot be installed.</exception>
    public async Task<string> Of(BaseName name, string script, CancellationToken ct)
    {
        if (made.TryGetValue(name, out var known))
            return known;
        var root = Path.Combine(directory, name.ToString());
        if (choice.Installing is Installing.Again || !Directory.Exists(root))
            await Install(name, root, script, ct);
        return made[name] = root;
    }

    /// <summary>Installs beside, and renames: what has the name is whole, and two rehearsals do not disturb each other.</summary>
    async Task Install(BaseName name, string root, string script, CancellationToken ct)
    {
        Tools.CheckInstaller();
        Trust.Own.MakeDirectory(directory);
        var draft = $"{root}.{Environment.ProcessId}";
        var log = $"{draft}.log";
        terminal.Say($"{name}: it is being installed for this and later rehearsals; that takes a minute or two.", Ink.Dim);
        var began = terminal.Time.GetTimestamp();
        string[] inOwnMounts = ["unshare", "--mount", "--propagation", "slave", "sh"];
        await using (
            var held = HeldProcess.Start([.. inOwnMounts, script, name.Codename, name.Id, choice.Mirror ?? "", draft, log], terminal)
        )
        {
            if (await held.End(Deadline, ct) is not 0)
            {
                var said = File.Exists(log) ? string.Join('\n', File.ReadLines(log).TakeLast(8)) : held.Complaints;
                Remove(draft, log);
                throw new UsageException(
                    $"{name} could not be installed by debootstrap:\n{said}\n  hint: where from: --mirror URL; or name a directory with a "
                        + "root file system: --root"
                );
            }
        }

        if (Directory.Exists(root))
        {
            // Containers of another rehearsal may still read it, and keep what they have open.
            var old = $"{draft}.old";
            Directory.Move(root, old);
            Remove(old);
        }

        Directory.Move(draft, root);
        Remove(draft, log);
        terminal.Say($"{name}: installed in {Counts.Of(terminal.Time.GetElapsedTime(began))}.", Ink.Dim);
    }

    static void Remove(params IEnumerable<string> paths)
    {
        foreach (var path in paths)
        {
            if (Directory.Exists(path))
                Directory.Delete(path, recursive: true);
            else
                File.Delete(path);
        }
    }
}
