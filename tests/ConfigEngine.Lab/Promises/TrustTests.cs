using System.Diagnostics;
using System.Globalization;

namespace ConfigEngine.Lab;

/// <summary>Whose code runs: what another user of this machine has made, or could change, is neither run nor believed.</summary>
[Collection("lab")]
public sealed class TrustTests(Lab lab) : IDisposable
{
    // A user number that nobody has.
    const int Somebody = 54321;

    const string Recipe = "On(\"all\", new File(\"/tmp/x\") { Content = \"x\" });";

    readonly DirectoryInfo root = Directory.CreateTempSubdirectory("cfg-trust-");

    public void Dispose() => root.Delete(recursive: true);

    /// <summary>A recipe that leaves a proof that it ran.</summary>
    string Trap => $"System.IO.File.WriteAllText(\"{Proof}\", \"\");\nHosts(new Host(\"trap\"));";

    string Proof => At("ran");

    [LabFact]
    public async Task An_infra_of_somebody_else_above_the_recipe_is_refused()
    {
        Write("shared/infra.csx", Trap);
        Write("shared/mine/site.csx", "On(\"all\");");
        await Give("shared/infra.csx");
        File.SetUnixFileMode(At("shared"), (UnixFileMode)0b001_111_111_111);

        var refused = await Cfg(3, "check", At("shared/mine/site.csx"));
        Assert.Contains(
            $"infra.csx is not trusted: {At("shared/infra.csx")} belongs to user {Somebody}, and cfg runs as root",
            refused.Stderr,
            StringComparison.Ordinal
        );
        Assert.Contains($"if you trust the files there: --trust {At("shared")}", refused.Stderr, StringComparison.Ordinal);
        Assert.False(File.Exists(Proof));

        // Pressing the Tab key runs the inventory too.
        await Cfg(0, new() { Directory = At("shared/mine") }, ["[suggest:10]", "plan --on "]);
        Assert.False(File.Exists(Proof));

        await Cfg(0, "check", At("shared/mine/site.csx"), "--trust", At("shared"));
        Assert.True(File.Exists(Proof));
    }

    [LabTheory]
    [InlineData("link.csx", "link.csx is not trusted: DIR/theirs belongs to user 54321")]
    [InlineData("load.csx", "load.csx(1,7): theirs/lib.csx is not trusted: DIR/theirs belongs to user 54321")]
    [InlineData("loadlink.csx", "loadlink.csx(1,7): lib.csx is not trusted: DIR/theirs belongs to user 54321")]
    [InlineData("library.csx", "library.csx(1,4): theirs/own.dll is not trusted: DIR/theirs belongs to user 54321")]
    [InlineData("local.csx", "theirs/script.sh is not trusted: DIR/theirs belongs to user 54321")]
    [InlineData("secret.csx", "theirs/script.sh is not trusted: DIR/theirs belongs to user 54321")]
    public async Task What_a_recipe_takes_from_somebody_else_is_refused(string recipe, string error)
    {
        Write("theirs/lib.csx", $"Recipe A() {{ System.IO.File.WriteAllText(\"{Proof}\", \"\"); return new(\"a\"); }}");
        Write("theirs/trap.csx", Trap);
        Write("theirs/script.sh", "echo theirs\n");
        Write("theirs/own.dll", "");
        await Give("theirs");
        Link("link.csx", "theirs/trap.csx");
        Link("lib.csx", "theirs/lib.csx");
        Write("load.csx", "#load \"theirs/lib.csx\"\nOn(\"all\", A());");
        Write("loadlink.csx", "#load \"lib.csx\"\nOn(\"all\", A());");
        Write("library.csx", "#r \"theirs/own.dll\"\n" + Recipe);
        Write("local.csx", "On(\"all\", new File(\"/tmp/x\") { Content = Local(\"theirs/script.sh\") });");
        Write("secret.csx", "On(\"all\", new File(\"/tmp/x\") { Content = $\"{Secrets.File(\"theirs/script.sh\")}\" });");

        var refused = await Cfg(3, "plan", recipe, "--local");

        Assert.Contains(error, refused.Stderr.Replace(root.FullName, "DIR", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.False(File.Exists(Proof));
    }

    [LabFact]
    public async Task A_compiled_recipe_of_somebody_else_is_not_run()
    {
        Write("trap.csx", Trap);
        Write("site.csx", "Hosts(new Host(\"a\"));");
        await Cfg(0, "check", "site.csx");
        var entry = Assert.Single(Directory.GetFiles(At("cache/configengine/recipes"), "*.recipe"));
        await Cfg(0, "check", "trap.csx");
        var trap = Assert.Single(Directory.GetFiles(At("cache/configengine/recipes"), "*.recipe"), file => file != entry);

        File.Copy(trap, entry, overwrite: true);
        File.Delete(Proof);
        await Cfg(0, "check", "site.csx");
        Assert.True(File.Exists(Proof), "what is in the cache is not run, and so this test shows nothing");

        File.Delete(Proof);
        await Give(entry);
        await Cfg(0, "check", "site.csx");
        Assert.False(File.Exists(Proof));
        Assert.Equal("0", (await LocalCommand.Run("stat", "-c", "%u", entry)).Stdout.Trim());

        // Neither where the whole cache is somebody's.
        File.Copy(trap, entry, overwrite: true);
        await Give("cache/configengine");
        await Cfg(0, "check", "site.csx");
        Assert.False(File.Exists(Proof));
    }

    [LabFact]
    public async Task A_state_directory_of_somebody_else_is_not_used()
    {
        Write("site.csx", $"On(\"all\", new File(\"{At("file")}\") {{ Content = \"x\" }});");
        Write("secret.csx", $"On(\"all\", new File(\"{At("file")}\") {{ Content = $\"{{Secrets.Environment(\"HOME\")}}\" }});");
        Write("state/configengine/digest-key", new string('k', 32));
        Write("state/configengine/runs/20260101T000000Z-1.jsonl", "{}");
        File.SetUnixFileMode(At("state/configengine/digest-key"), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        await Give("state");
        var why = $"{At("state")} belongs to user {Somebody}, and cfg runs as root";

        Assert.Contains($"is not trusted: {why}", (await Cfg(3, "plan", "secret.csx", "--local")).Stderr, StringComparison.Ordinal);
        Assert.Contains(
            $"warning: the journal of this run cannot be written: {At("state/configengine/runs")} is not trusted: {why}",
            (await Cfg(0, "apply", "site.csx", "--local", "--yes")).Stderr,
            StringComparison.Ordinal
        );
        Assert.Contains($"are not trusted: {why}", (await Cfg(1, "history")).Stderr, StringComparison.Ordinal);
        Assert.Equal(
            [At("state/configengine/digest-key"), At("state/configengine/runs")],
            Directory.GetFileSystemEntries(At("state/configengine")).Order(StringComparer.Ordinal)
        );
    }

    [LabFact]
    public async Task Root_that_was_asked_with_sudo_runs_the_recipe_of_who_asked_and_of_nobody_else()
    {
        Write("home/site.csx", Trap);
        await Give("home");
        await Cfg(3, "check", "home/site.csx");
        await Cfg(3, new() { Environment = { ["SUDO_UID"] = "54322" } }, ["check", "home/site.csx"]);
        Assert.False(File.Exists(Proof));
        await Cfg(0, new() { Environment = { ["SUDO_UID"] = $"{Somebody}" } }, ["check", "home/site.csx"]);
        Assert.True(File.Exists(Proof));
    }

    [LabFact]
    public async Task A_saved_plan_that_somebody_else_can_change_is_refused()
    {
        Write("site.csx", $"On(\"all\", new File(\"{At("file")}\") {{ Content = \"x\" }});");
        Directory.CreateDirectory(At("inbox"));
        await Cfg(0, "plan", "site.csx", "--local", "--out", At("inbox/p.json"));
        File.SetUnixFileMode(At("inbox/p.json"), (UnixFileMode)0b110_110_110);
        Assert.Contains(
            $"inbox/p.json is not trusted: everybody can write {At("inbox/p.json")}",
            (await Cfg(3, "apply", "inbox/p.json")).Stderr,
            StringComparison.Ordinal
        );
        File.SetUnixFileMode(At("inbox/p.json"), (UnixFileMode)0b110_000_000);
        await Give("inbox");
        Assert.Contains("inbox/p.json is not trusted", (await Cfg(3, "apply", "inbox/p.json")).Stderr, StringComparison.Ordinal);
        Assert.False(File.Exists(At("file")));
        await Cfg(0, "apply", "inbox/p.json", "--trust", "inbox");
        Assert.True(File.Exists(At("file")));
    }

    [LabFact]
    public async Task A_working_directory_is_not_begun_in_one_of_somebody_else()
    {
        Directory.CreateDirectory(At("theirs"));
        Link("theirs/infra.csx", Proof);
        await Give("theirs");
        Assert.Contains("theirs is not trusted", (await Cfg(3, "init", "theirs")).Stderr, StringComparison.Ordinal);
        Assert.Contains(
            "these exist already: theirs/infra.csx",
            (await Cfg(3, "init", "theirs", "--trust", "theirs")).Stderr,
            StringComparison.Ordinal
        );
        Assert.False(File.Exists(Proof));
    }

    [LabFact]
    public async Task An_ssh_configuration_of_somebody_else_is_refused()
    {
        Write("theirs/config", $"Host *\n  ProxyCommand touch {Proof}\n");
        Write("site.csx", Recipe);
        await Give("theirs");
        Assert.Contains(
            "is not trusted",
            (await Cfg(3, "plan", "site.csx", "--host", "a", "--ssh-config", "theirs/config")).Stderr,
            StringComparison.Ordinal
        );
        Assert.False(File.Exists(Proof));
    }

    [LabFact]
    public async Task What_was_put_where_sockets_and_passwords_will_be_is_not_used_and_what_a_killed_run_leaves_goes()
    {
        await using var host = await lab.StartHostAsync();
        var temporary = Directory.CreateDirectory(At("tmp"));
        File.SetUnixFileMode(temporary.FullName, (UnixFileMode)0b001_111_111_111);
        foreach (var name in (string[])["configengine-root", "configengine-0"])
        {
            Write($"tmp/{name}/askpass", $"#!/bin/sh\ntouch {Proof}\necho nothing\n");
            File.SetUnixFileMode(At($"tmp/{name}/askpass"), (UnixFileMode)0b111_101_101);
            File.SetUnixFileMode(At($"tmp/{name}"), (UnixFileMode)0b111_000_000);
            await Give($"tmp/{name}");
        }

        string[] theirs = [.. Directory.GetFileSystemEntries(temporary.FullName).Order(StringComparer.Ordinal)];
        Surroundings around = new()
        {
            Input = Lab.OpsPassword + "\n",
            Environment = { ["TMPDIR"] = temporary.FullName, ["XDG_RUNTIME_DIR"] = "" },
        };
        Write("site.csx", "On(\"all\", new Command($\"sleep 1000\"));");
        string[] reach = ["--host", $"{host.Name}-ops", "--ssh-config", lab.SshConfig, "--ask-password"];

        var plan = await Cfg(0, around, ["plan", "site.csx", .. reach]);
        Assert.Contains("command sleep 1000", plan.Stdout, StringComparison.Ordinal);
        Assert.False(File.Exists(Proof));
        Assert.Equal(theirs, Directory.GetFileSystemEntries(temporary.FullName).Order(StringComparer.Ordinal));

        // As systemd does at TimeoutStopSec: everything of the run at once, also who would have tidied up.
        var start = Start(around, ["apply", "site.csx", "--yes", .. reach]);
        start.FileName = "setsid";
        start.ArgumentList.Insert(0, "dotnet");
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        using var killed = Process.Start(start) ?? throw new LabException("cfg did not start");
        await killed.StandardInput.WriteAsync(around.Input);
        killed.StandardInput.Close();
        await host.Until("pgrep -x sleep", TimeSpan.FromMinutes(1));
        (await LocalCommand.Run("kill", "-s", "KILL", "--", string.Create(CultureInfo.InvariantCulture, $"-{killed.Id}"))).Succeeded(
            "kill"
        );
        await killed.WaitForExitAsync();
        Assert.Single(Directory.GetFiles(Assert.Single(Directory.GetDirectories(temporary.FullName).Except(theirs)), "lock"));

        await Cfg(0, around, ["plan", "site.csx", .. reach]);
        Assert.Equal(theirs, Directory.GetFileSystemEntries(temporary.FullName).Order(StringComparer.Ordinal));
    }

    string At(string path) => Path.Combine(root.FullName, path);

    void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(At(path)) ?? root.FullName);
        File.WriteAllText(At(path), text);
    }

    void Link(string path, string target) => File.CreateSymbolicLink(At(path), target);

    /// <summary>From now on it is somebody else's, with all that is in it.</summary>
    async Task Give(string path) => (await LocalCommand.Run("chown", "-Rh", $"{Somebody}:{Somebody}", At(path))).Succeeded("chown");

    Task<Ran> Cfg(int exit, params string[] arguments) => Cfg(exit, new Surroundings(), arguments);

    async Task<Ran> Cfg(int exit, Surroundings around, IReadOnlyList<string> arguments)
    {
        var ran = await LocalCommand.Run(Start(around, arguments), around.Input, TimeSpan.FromMinutes(5));
        return ran.Exit == exit
            ? ran
            : throw new LabException($"cfg {string.Join(' ', arguments)} ended with {ran.Exit}, not {exit}\n{ran.Stdout}\n{ran.Stderr}");
    }

    ProcessStartInfo Start(Surroundings around, IReadOnlyList<string> arguments)
    {
        ProcessStartInfo start = new("dotnet", [Program.Path, .. arguments])
        {
            WorkingDirectory = around.Directory ?? root.FullName,
            Environment = { ["XDG_CACHE_HOME"] = At("cache"), ["XDG_STATE_HOME"] = At("state") },
        };
        start.Environment.Remove("SUDO_UID");
        foreach (var (name, value) in around.Environment)
            start.Environment[name] = value;
        return start;
    }

    /// <summary>Where cfg runs: the test's own directory, with nothing on its standard input, unless said otherwise.</summary>
    sealed record Surroundings
    {
        public string? Directory { get; init; }

        public Dictionary<string, string> Environment { get; } = [];

        public string Input { get; init; } = "";
    }
}
