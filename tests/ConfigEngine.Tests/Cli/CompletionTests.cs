using System.Diagnostics;

namespace ConfigEngine.Tests.Cli;

/// <summary>The Tab key, in the shells themselves: bash and zsh on a terminal, and what fish says that it would offer.</summary>
public sealed class CompletionTests : IDisposable
{
    readonly CfgRun cfg = new();

    public CompletionTests()
    {
        cfg.Recipe("""Group("web", new Host("one.example.com"));""", "infra.csx");
        cfg.Recipe("", "my recipe.csx");
        cfg.Recipe("{}", "saved.json");
        cfg.Recipe("", "notes.txt");
        Directory.CreateDirectory(cfg.PathOf("recipes"));
        cfg.Recipe("", "recipes/hello.csx");
        Directory.CreateDirectory(cfg.PathOf("bin"));
        File.WriteAllText(
            cfg.PathOf("bin/cfg"),
            $"#!/bin/sh\nexec dotnet '{typeof(ConfigEngine.Cli.ExitCode).Assembly.Location}' \"$@\"\n"
        );
        File.SetUnixFileMode(cfg.PathOf("bin/cfg"), (UnixFileMode)0b111_101_101);
    }

    public void Dispose() => cfg.Dispose();

    [ToolFact("fish")]
    public async Task Fish_offers_commands_options_hosts_and_the_files_that_fit() =>
        Assert.Equal(
            """
            cfg pl: plan
            cfg plan --ex: --exit-code
            cfg plan --on : all, one.example.com, web
            cfg plan --json : bin/, infra.csx, my recipe.csx, recipes/, target/
            cfg plan recipes/: recipes/hello.csx
            cfg apply s: saved.json
            cfg plan --out n: notes.txt
            cfg completion : bash, fish, zsh
            cfg init r: recipes/

            """,
            await Run(
                "fish",
                "--no-config",
                "-c",
                """
                cfg completion fish | source
                for line in 'cfg pl' 'cfg plan --ex' 'cfg plan --on ' 'cfg plan --json ' 'cfg plan recipes/' 'cfg apply s' 'cfg plan --out n' 'cfg completion ' 'cfg init r'
                    echo "$line: "(complete -C $line | sort | string join ', ')
                end
                """
            )
        );

    [ToolFact("zsh")]
    public Task Zsh_completes_commands_options_hosts_and_the_files_that_fit() =>
        OnATerminal("zsh -f -i", "PS1='> '; setopt no_beep; autoload -U compinit; compinit -u -D; source <(cfg completion zsh)");

    [ToolFact("zsh")]
    public Task Bash_completes_commands_options_hosts_and_the_files_that_fit() =>
        OnATerminal("bash --norc --noprofile -i", "PS1='> '; bind 'set enable-bracketed-paste off'; source <(cfg completion bash)");

    /// <summary>Types the beginning of a line and Tab, and waits for the whole of it.</summary>
    async Task OnATerminal(string shell, string begin) =>
        Assert.Equal(
            "all of them\n",
            await Run(
                "timeout",
                "180",
                "zsh",
                "-f",
                "-c",
                """
                zmodload zsh/zpty
                zpty -e terminal "TERM=dumb $1"
                zpty -w terminal "$2; echo rea''dy"
                zpty -r terminal out '*ready*> *'
                completes() {
                    zpty -w -n terminal "$1"$'\t'
                    zpty -r terminal out "*${(b)2}" || { print -r -- "$1: $out"; exit 1 }
                    zpty -w -n terminal $'\C-u'
                }
                completes 'cfg pl' 'cfg plan '
                completes 'cfg plan --ex' 'cfg plan --exit-code '
                completes 'cfg plan --on o' 'cfg plan --on one.example.com '
                completes 'cfg plan --json r' 'cfg plan --json recipes/'
                completes 'cfg plan recipes/h' 'cfg plan recipes/hello.csx '
                completes 'cfg plan m' 'cfg plan my\ recipe.csx '
                completes 'cfg apply s' 'cfg apply saved.json '
                completes 'cfg plan --out n' 'cfg plan --out notes.txt '
                completes 'cfg completion f' 'cfg completion fish '
                completes 'cfg init re' 'cfg init recipes/'
                # To its end: what a shell writes into its home when it is killed would come between ours and the home's removal.
                zpty -w terminal exit
                while zpty -r terminal out; do done
                print all of them
                """,
                "completes",
                shell,
                begin
            )
        );

    async Task<string> Run(string program, params IEnumerable<string> arguments)
    {
        ProcessStartInfo start = new(program, arguments)
        {
            WorkingDirectory = cfg.PathOf("."),
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["PATH"] = $"{cfg.PathOf("bin")}:{Environment.GetEnvironmentVariable("PATH")}";
        start.Environment["HOME"] = cfg.PathOf(".");
        using var shell = Process.Start(start) ?? throw new InvalidOperationException();
        shell.StandardInput.Close();
        var error = shell.StandardError.ReadToEndAsync();
        var output = await shell.StandardOutput.ReadToEndAsync();
        await shell.WaitForExitAsync();
        return output + await error;
    }
}
