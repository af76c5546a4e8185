using System.Security.Cryptography;
using System.Text;
using ConfigEngine.Resources;
using static ConfigEngine.Testing.Page;

namespace ConfigEngine.Tests.Resources;

public sealed class TreeTests : ISamples
{
    static readonly Tree Site = new("/srv/www")
    {
        From = [new("bin/run", "#!/bin/sh\n", Executable: true), new("index.html", "<h1>hello</h1>\n", Executable: false)],
    };

    const string Converged = "directory|755|root|root\nmissing\n";

    [Fact]
    public void Makes_a_directory_with_what_is_in_it() => Plan(Site, observed: Files.Absent);

    [Fact]
    public void Leaves_a_directory_that_is_right() =>
        Plan(
            Site,
            observed: Converged
                + Seen(('d', "bin", "755", ""), ('f', "bin/run", "755", "#!/bin/sh\n"), ('f', "index.html", "644", "<h1>hello</h1>\n"))
        );

    [Fact]
    public void Shows_what_differs_file_by_file() =>
        Plan(
            Site,
            observed: Converged
                + Seen(('d', "bin", "755", ""), ('-', "bin/run", "", ""), ('f', "index.html", "600", "<h1>bye</h1>\n"))
                + "content 13\n<h1>bye</h1>\n\n"
        );

    [Fact]
    public void Compares_a_large_file_by_its_digest() =>
        Plan(
            Site,
            observed: Converged
                + Seen(('d', "bin", "755", ""), ('f', "bin/run", "755", "#!/bin/sh\n"), ('f', "index.html", "644", "<h1>bye</h1>\n"))
        );

    [Fact]
    public void Keeps_executable_what_is_executable_here() =>
        Plan(
            Site with
            {
                FileMode = "0640",
            },
            observed: Converged
                + Seen(('d', "bin", "755", ""), ('f', "bin/run", "644", "#!/bin/sh\n"), ('f', "index.html", "644", "<h1>hello</h1>\n"))
        );

    [Fact]
    public void Gives_everything_to_an_owner() =>
        Plan(
            Site with
            {
                Owner = "www",
                Group = "33",
                DirectoryMode = "2750",
            },
            observed: "directory|755|root|0\nmissing\n"
                + Seen(('d', "bin", "755", ""), ('f', "bin/run", "755", "#!/bin/sh\n"), ('f', "index.html", "644", "<h1>bye</h1>\n"))
        );

    [Fact]
    public void Removes_what_is_not_asked_for_where_that_is_said() =>
        Plan(
            Site with
            {
                Purge = true,
                Keep = ["uploads"],
            },
            observed: Converged
                + Seen(('d', "bin", "755", ""), ('f', "bin/run", "755", "#!/bin/sh\n"), ('f', "index.html", "644", "<h1>hello</h1>\n"))
                + "all\n./bin\0./bin/run\0./index.html\0./old\0./old/a\n"
                + "b\0./uploads\0./uploads/1\0"
        );

    [Fact]
    public void Names_all_that_is_lost_before_what_is_new_however_much_that_is()
    {
        Tree tree = new("/srv/www")
        {
            From = [.. Enumerable.Range(0, 100).Select(i => new LocalEntry($"a{i:00}", "x", Executable: false))],
            Purge = true,
        };
        var answer =
            Converged
            + new string('-', 100)
            + "\n\nall\n"
            + string.Concat(Enumerable.Range(0, 70).Select(i => $"./z{i:00}\0"))
            + "./y\0./y/1\0./y/2\0";
        var lines = tree.Compare(tree.Read(Output.Of(answer)))?.Attributes ?? [];

        Assert.Equal(["y", .. Enumerable.Range(0, 70).Select(i => $"z{i:00}")], lines.Take(71).Select(line => line.Name));
        Assert.Equal("extra, with 2 in it", lines[0].Before);
        Assert.Equal("40 lines; in all 100 added, 0 changed, 73 removed", lines[^1].After);
    }

    [Fact]
    public void Takes_names_with_anything_in_them() =>
        Plan(
            new Tree("/srv/it's") { From = [new("-n", "a", false), new("two\nlines \\ $x", "b", false)] },
            observed: Converged + Seen(('f', "-n", "644", "a"), ('f', "two\nlines \\ $x", "644", "c"))
        );

    [Fact]
    public void Has_what_can_only_be_judged_in_its_place_judged_there() =>
        Plan(
            new Tree("/etc/postgresql/17/main")
            {
                From = [new("pg_hba.conf", "local all all peer\n", false), new("start.conf", "auto\n", false)],
            },
            observed: Converged + Seen(('f', "pg_hba.conf", "640", ""), ('f', "start.conf", "644", "manual\n"))
        );

    [Fact]
    public void Replaces_no_symbolic_link() =>
        Plan(
            Site,
            observed: Converged
                + Seen(('l', "bin", "777", ""), ('f', "bin/run", "755", "#!/bin/sh\n"), ('f', "index.html", "644", "<h1>hello</h1>\n"))
        );

    [Fact]
    public void Needs_the_directory_that_it_is_in() => Plan(Site, observed: "absent|absent\nmissing\n");

    [Fact]
    public void Replaces_no_file() => Plan(Site, observed: Files.Text("x"));

    [Fact]
    public void Needs_its_owner() => Plan(Site with { Owner = "www" }, observed: "absent|directory\nmissing user:www\n");

    [Fact]
    public void Refuses_paths_that_lead_elsewhere() =>
        Plan(
            Site with
            {
                From = [new("../x", "x", false), new("/y", "y", false), new("a", "a", false), new("a", "b", false)],
            },
            observed: ""
        );

    [Fact]
    public void Purges_no_part_of_the_system() => Plan(Site with { Path = "/etc", Purge = true }, observed: "");

    [Fact]
    public void Wants_a_purge_to_keep_something_from() => Plan(Site with { Keep = ["uploads"] }, observed: "");

    [Fact]
    public void Does_not_guess_from_an_answer_that_it_does_not_know() =>
        Plan(Site, observed: Converged + "d-f\n755|root|root|0|0|9|1|./other\n");

    static string Seen(params (char Type, string Path, string Mode, string Content)[] entries)
    {
        StringBuilder answer = new(string.Concat(entries.Select(entry => entry.Type)) + "\n");
        foreach (var entry in entries.Where(entry => entry.Type != '-'))
            answer.Append($"{entry.Mode}|root|root|0|0|{entry.Content.Length}|1|./{entry.Path}\n");
        foreach (var entry in entries.Where(entry => entry.Type == 'f'))
        {
            var digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(entry.Content)));
            var name = $"./{entry.Path}".Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
            answer.Append($"{(name == $"./{entry.Path}" ? "" : "\\")}{digest}  {name}\n");
        }

        return answer.ToString();
    }

    public static IReadOnlyList<Sample> Samples =>
        [
            new Sample<Tree>
            {
                Losses =
                [
                    new(
                        new Tree("/srv/www") { From = [], Purge = true },
                        "directory|755|root|root\nmissing\n\n\nall\n./a\0./d\0./d/1\0",
                        "Removes /srv/www/a",
                        "Removes /srv/www/d"
                    ),
                ],
                Bare = [new(new Tree("/srv/tree") { From = [] }) { IsThere = "test -d /srv/tree" }],
            },
        ];
}
