using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using ConfigEngine.Resources;
using static ConfigEngine.Testing.Page;

namespace ConfigEngine.Tests.Resources;

public sealed class ArchiveTests : ISamples
{
    const string Digest = "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae";
    const string Absent = "absent|directory\nmissing\n";
    const string There = $"directory|755|root|root\nmissing\narchive sha256:{Digest} 1\n";

    static readonly Archive App = new("/opt/app")
    {
        Url = "https://example.com/app-1.2.tar.xz",
        Checksum = $"sha256:{Digest}",
        Strip = 1,
    };

    static readonly Content Hello = Tar(
        File("hello.txt", "hello\n"),
        new GnuTarEntry(TarEntryType.Directory, "deep/"),
        File("deep/more", "more\n")
    );

    [Fact]
    public void Unpacks_what_the_host_fetches() => Plan(App, Absent);

    [Fact]
    public void Says_how_much_is_in_a_file_beside_the_recipe() =>
        Plan(
            new Archive("/opt/app")
            {
                From = Hello,
                Owner = "app",
                Group = "app",
            },
            Absent
        );

    [Fact]
    public void Takes_the_place_of_an_empty_directory() => Plan(App, "directory|750|app|app\nmissing\nempty\n");

    [Fact]
    public void Leaves_what_is_from_the_archive() => Plan(App, There + "new log\nnew log/today\n");

    [Fact]
    public void Says_what_goes_with_the_old_archive() =>
        Plan(
            App,
            There.Replace("2c26", "aaaa", StringComparison.Ordinal)
                + "lost etc/app.conf\nnew etc/app.conf\nnew log\nnew log/today\nmore new 7\n"
        );

    [Fact]
    public void Repairs_what_was_changed_by_hand() => Plan(App, There + "lost bin/app\nlost etc/app.conf\nnew etc/app.conf\n");

    [Fact]
    public void Is_content_with_a_path_that_is_there() =>
        Plan(App with { Creates = "bin/app" }, "directory|755|root|root\nmissing\ncreated\n");

    [Fact]
    public void Unpacks_where_that_path_is_not_there() => Plan(App with { Creates = "bin/app" }, There);

    [Fact]
    public void Says_which_tools_are_missing() => Plan(App, Absent + "tool xz\ntool curl\n");

    [Fact]
    public void Needs_unzip_of_its_own_for_zip() =>
        Plan(App with { Url = "https://example.com/get?id=7#app.zip" }, Absent + "tool unzip\n");

    [Fact]
    public void Replaces_no_directory_that_is_not_from_an_archive() => Plan(App, "directory|755|root|root\nmissing\nother\n");

    [Fact]
    public void Replaces_no_file() => Plan(App, $"file|644|root|root|5|{Digest}\nmissing\n");

    [Fact]
    public void Needs_the_directory_that_it_is_in() => Plan(App, "absent|absent\nmissing\n");

    [Fact]
    public void Does_not_guess_from_an_answer_that_it_does_not_know() => Plan(App, "directory|755|root|root\nmissing\nunpacked\n");

    [Fact]
    public void Refuses_a_url_that_does_not_tell_its_form() => Plan(App with { Url = "https://example.com/app" }, Absent);

    [Fact]
    public void Refuses_two_archives_for_one_directory() => Plan(App with { From = Hello }, Absent);

    [Fact]
    public void Refuses_an_archive_with_a_link_out_of_it() => Plan(Of(Link("bin/sh", "../../bin/sh")), Absent);

    [Fact]
    public void Refuses_an_archive_that_is_larger_than_it_may_be() =>
        Plan(new Archive("/opt/app") { From = Tar(File("zeros", new('0', 3_000_000))), MaxSize = ByteSize.FromMegabytes(1) }, Absent);

    [Theory]
    [InlineData("/etc/passwd")]
    [InlineData("../x")]
    [InlineData("a/../../x")]
    [InlineData("a/..")]
    [InlineData("..\\x")]
    public void Refuses_names_that_lead_out_of_the_directory(string name)
    {
        Archive zip = new("/opt/app") { From = Zip(name) };

        Assert.Contains($"its entry {name} leads out of the directory", Of(File(name, "x")).Problems);
        Assert.Contains($"its entry {name} leads out of the directory", zip.Problems);
    }

    [Fact]
    public void Refuses_what_is_more_than_files_directories_and_links_within()
    {
        Assert.NotEmpty(Of(new GnuTarEntry(TarEntryType.CharacterDevice, "a")).Problems);
        Assert.NotEmpty(Of(new GnuTarEntry(TarEntryType.Fifo, "a")).Problems);
        Assert.NotEmpty(Of(File("a", "x", UnixFileMode.SetUser)).Problems);
        Assert.NotEmpty(Of(File("a", "x", UnixFileMode.SetGroup)).Problems);
        Assert.NotEmpty(Of(Link("a", "/etc")).Problems);
        Assert.NotEmpty(Of(Link("a/b/c", "../../../etc")).Problems);
        Assert.NotEmpty(Of(Same("a", "/etc/passwd")).Problems);
        Assert.Empty(Of(File("a..b/..c", "x"), Link("a/b/c", "../../d"), Same("x", "a..b/..c")).Problems);
    }

    static Archive Of(params IReadOnlyList<TarEntry> entries) => new("/opt/app") { From = Tar(entries) };

    static GnuTarEntry Same(string name, string other) => new(TarEntryType.HardLink, name) { LinkName = other };

    static GnuTarEntry Link(string name, string target) => new(TarEntryType.SymbolicLink, name) { LinkName = target };

    static GnuTarEntry File(string name, string text, UnixFileMode mode = default) =>
        new(TarEntryType.RegularFile, name)
        {
            DataStream = new MemoryStream(Encoding.UTF8.GetBytes(text)),
            Mode = mode | UnixFileMode.UserRead | UnixFileMode.UserWrite,
        };

    static Content Tar(params IReadOnlyList<TarEntry> entries)
    {
        using MemoryStream archive = new();
        using (TarWriter writer = new(archive, TarEntryFormat.Gnu, leaveOpen: true))
        {
            foreach (var entry in entries)
            {
                entry.ModificationTime = DateTimeOffset.UnixEpoch.AddYears(50);
                writer.WriteEntry(entry);
            }
        }

        return archive.ToArray();
    }

    static Content Zip(string name)
    {
        using MemoryStream archive = new();
        using (ZipArchive zip = new(archive, ZipArchiveMode.Create, leaveOpen: true))
            zip.CreateEntry(name);
        return archive.ToArray();
    }

    public static IReadOnlyList<Sample> Samples =>
        [
            new Sample<Archive>
            {
                Losses =
                [
                    new(
                        App,
                        There + "lost bin/app\nnew bin/app\nnew data\nnew data/1\n",
                        "Discards /opt/app/bin/app",
                        "Discards /opt/app/data"
                    ),
                ],
                Bare = [new(new Archive("/srv/unpacked") { From = Hello }) { IsThere = "grep -qx hello /srv/unpacked/hello.txt" }],
            },
        ];
}
