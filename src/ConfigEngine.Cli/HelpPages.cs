using System.CommandLine;
using ConfigEngine.Rendering;

namespace ConfigEngine.Cli;

/// <summary>The text at the top of <c>--help</c>.</summary>
static class HelpPages
{
    /// <summary>The width of help in columns, whatever the terminal's width.</summary>
    public const int Width = 78;

    /// <summary><c>cfg --help</c></summary>
    public const string Root = """
        cfg makes servers match a recipe: a C# script (.csx) that says what should
        be true.

          cfg init demo                        a first recipe, to try at once
          cfg plan --local                     what would change on this machine
          cfg plan                             ... on the hosts of ./infra.csx
          cfg plan recipes/site.csx --on web   ... a recipe, on some of the hosts
          cfg apply recipes/site.csx           plan, confirm, apply, verify
          cfg history                          what was applied, to whom, and when
          cfg plan --out plan.json             save a plan; cfg apply plan.json does
                                               that or nothing

          A plan changes nothing. Its signs:
            + create   ~ update   - remove   ! run   ? looked at again
            ↻ restart and the like

          Exit codes: 0 done, 1 an error on any host, 2 changes (plan --exit-code),
            3 wrong usage or recipe, 4 told to stop before everything was done,
            with nothing left half done, 130 stopped at once

          Ctrl-C or SIGTERM during an apply: each host ends the step that runs now,
          and nothing new is started. A second one stops at once. Ctrl-\ or SIGUSR1
          shows where each host is; the run goes on.
        """;

    /// <summary>The output of <c>cfg</c> without arguments.</summary>
    public static string Short(RootCommand root)
    {
        var names = string.Join(", ", root.Subcommands.Where(command => !command.Hidden).Select(command => command.Name));
        return $"""
            cfg makes servers match a recipe: a C# script (.csx) that says what should
            be true.

              cfg init demo                a first recipe, to try at once
              cfg plan --local             what would change on this machine
              cfg plan recipes/site.csx    ... on the recipe's hosts, over ssh
              cfg apply recipes/site.csx   plan, confirm, apply, verify

            {string.Join('\n', Wrap.Hanging(names, Ink.Plain, new("Commands: "), Width))}

            cfg --help says more, and cfg COMMAND --help what one can do.

            """;
    }
}
