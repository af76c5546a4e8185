using ConfigEngine.Tests.Model;
using static ConfigEngine.Testing.Page;
using File = ConfigEngine.Resources.File;

namespace ConfigEngine.Tests.Resources;

public sealed class FileTests : ISamples
{
    static readonly File Motd = new("/etc/motd") { Content = "welcome\n" };

    [Fact]
    public void Makes_a_file() => Plan(Motd, observed: Files.Absent);

    [Fact]
    public void Makes_a_file_of_somebody_with_its_mode_from_the_beginning() =>
        Plan(Motd with { Owner = "deploy", Group = "www-data", Mode = "0640" }, observed: Files.Absent);

    [Fact]
    public void Replaces_what_a_file_holds_and_keeps_its_owner_and_mode() =>
        Plan(Motd, observed: Files.Text("hello\n", mode: "640", owner: "deploy"));

    [Fact]
    public void Leaves_a_file_that_is_right() => Plan(Motd with { Owner = "root", Mode = "0644" }, observed: Files.Text("welcome\n"));

    [Fact]
    public void Leaves_an_owner_and_a_mode_that_nothing_is_said_of() =>
        Plan(Motd, observed: Files.Text("welcome\n", mode: "600", owner: "deploy"));

    [Fact]
    public void Changes_owner_and_mode_without_writing_the_file() =>
        Plan(Motd with { Owner = "deploy", Mode = "0600" }, observed: Files.Text("welcome\n"));

    [Fact]
    public void Checks_what_could_lock_everybody_out() =>
        Plan(new File("/etc/sudoers.d/deploy") { Content = "deploy ALL=(ALL) ALL\n", Mode = "0440" }, observed: Files.Absent);

    [Fact]
    public void Checks_by_a_command_of_its_own() =>
        Plan(Motd with { Validate = $"grep -q {"it's"} \"$cfg_new\"" }, observed: Files.Absent);

    [Fact]
    public void Checks_a_file_in_its_place_where_that_is_wanted() =>
        Plan(Motd with { ValidateAfter = $"apache2ctl configtest" }, observed: Files.Absent);

    [Fact]
    public void Checks_a_part_of_nginx_with_the_whole() =>
        Plan(new File("/etc/nginx/conf.d/app.conf") { Content = "server {}\n" }, observed: Files.Absent);

    [Fact]
    public void Refuses_a_check_that_does_not_look_at_the_new_file() => Plan(Motd with { Validate = $"nginx -t" }, observed: Files.Absent);

    [Fact]
    public void Keeps_the_old_content_where_that_is_wanted() =>
        Plan(Motd with { Backup = "/etc/motd.old" }, observed: Files.Text("hello\n"));

    [Fact]
    public void Quotes_odd_names() => Plan(new File("/srv/it's `a` $path\n-n") { Content = "x" }, observed: Files.Absent);

    [Fact]
    public void Needs_the_directory_that_it_is_in() => Plan(Motd, observed: "absent|absent\nmissing\n");

    [Fact]
    public void Needs_its_owner() => Plan(Motd with { Owner = "deploy" }, observed: "absent|directory\nmissing user:deploy\n");

    [Fact]
    public void Follows_no_link() => Plan(Motd, observed: Files.Link("/run/motd"));

    [Fact]
    public void Replaces_no_directory() => Plan(Motd, observed: "directory|755|root|root\nmissing\n");

    [Fact]
    public void Refuses_a_path_that_is_relative() => Plan(Motd with { Path = "etc/motd" }, observed: "");

    [Fact]
    public void Refuses_an_owner_who_cannot_be() => Plan(Motd with { Owner = "root; reboot" }, observed: "");

    [Fact]
    public void Does_not_guess_from_an_answer_that_it_does_not_know() => Plan(Motd, observed: "who|knows\nmissing\n");

    static readonly File Env = new("/etc/app.env") { Content = $"PASSWORD={SecretTests.Known("hunter2")}\n", Mode = "0600" };

    [Fact]
    public void Shows_digests_of_both_sides_where_it_holds_a_secret() =>
        Plan(Env, observed: Files.Text("PASSWORD=hunter1\n", mode: "600"));

    [Fact]
    public void Leaves_a_secret_that_is_right() => Plan(Env, observed: Files.Text("PASSWORD=hunter2\n", mode: "600"));

    [Fact]
    public void Makes_a_file_with_a_secret_for_its_owner_alone() => Plan(Env with { Mode = null }, observed: Files.Absent);

    [Fact]
    public void Says_that_everybody_may_read_a_secret() => Plan(Env with { Mode = null }, observed: Files.Text("PASSWORD=hunter1\n"));

    [Fact]
    public void Keeps_an_old_secret_for_its_owner_alone() =>
        Plan(Env with { Backup = "/etc/app.env.old" }, observed: Files.Text("PASSWORD=hunter1\n", mode: "644"));

    public static IReadOnlyList<Sample> Samples =>
        [
            new Sample<File>
            {
                LosesOnly = "the content of a file that it names; what is no file there is refused",
                Bare = [new(new File("/srv/empty") { Content = "" }) { IsThere = "test -f /srv/empty" }],
            },
        ];
}
