using ConfigEngine.Resources;
using ConfigEngine.Tests.Model;
using static ConfigEngine.Testing.Page;

namespace ConfigEngine.Tests.Resources;

public sealed class IniValueTests : ISamples
{
    const string Path = "/etc/app.ini";

    const string Ini =
        "; what it is\nname=app\n\n[PHP]\n; memory_limit = 64M\nmemory_limit = 128M   \nengine = On\n\n[Date]\ntimezone=UTC\n";

    static readonly IniValue Memory = new(Path, "PHP", "memory_limit") { Value = "256M" };

    [Fact]
    public void Changes_a_value_and_nothing_else() => Plan(Memory, Files.Text(Ini));

    [Fact]
    public void Leaves_a_value_that_is_as_wanted() => Plan(Memory with { Value = "128M" }, Files.Text(Ini));

    [Fact]
    public void Adds_a_key_to_its_section_in_the_way_of_the_others() =>
        Plan(new IniValue(Path, "PHP", "display_errors") { Value = "Off" }, Files.Text(Ini));

    [Fact]
    public void Adds_a_section() => Plan(new IniValue(Path, "Session", "auto_start") { Value = "0" }, Files.Text(Ini));

    [Fact]
    public void Has_keys_before_the_first_section() => Plan(new IniValue(Path, "", "name") { Value = "other" }, Files.Text(Ini));

    [Fact]
    public void Keeps_the_tabs_of_git() =>
        Plan(
            new IniValue("/root/.gitconfig", "user", "email") { Value = "root@example.com" },
            Files.Text("[user]\n\tname = root\n[core]\n")
        );

    [Fact]
    public void Shows_no_secret() =>
        Plan(new IniValue(Path, "Date", "key") { Value = SecretTests.Known("hunter2", "APP_KEY") }, Files.Text(Ini));

    [Fact]
    public void Does_not_choose_between_two_of_a_key() => Plan(Memory, Files.Text(Ini + "[PHP]\nmemory_limit=1G\n"));

    [Fact]
    public void Does_not_cut_a_value_of_several_lines() =>
        Plan(new IniValue(Path, "a", "list") { Value = "x" }, Files.Text("[a]\nlist = one\n  two\n"));

    [Fact]
    public void Needs_the_file() => Plan(Memory, Files.Absent);

    [Fact]
    public void Refuses_what_is_no_place_and_no_value() =>
        Plan(new IniValue("app.ini", "[PHP]", "a=b") { Value = "two\nlines" }, Files.Text(Ini));

    [Fact]
    public void Removes_a_key_and_keeps_its_comment() => Plan(new NoIniValue(Path, "PHP", "memory_limit"), Files.Text(Ini));

    [Fact]
    public void Wants_nothing_where_there_is_no_such_key() => Plan(new NoIniValue(Path, "Date", "memory_limit"), Files.Text(Ini));

    [Fact]
    public void Wants_nothing_where_there_is_no_file() => Plan(new NoIniValue(Path, "Date", "memory_limit"), Files.Absent);

    [Theory]
    [InlineData("", "", "a", "a = x\n")]
    [InlineData("[s]\n", "s", "a", "[s]\na = x\n")]
    [InlineData("[s]\r\nb=1\r\n", "s", "a", "[s]\r\nb=1\r\na=x\r\n")]
    [InlineData("[s]\n# as: prose\n#b=1\n", "s", "a", "[s]\na=x\n# as: prose\n#b=1\n")]
    [InlineData("[s]\nb: 1", "s", "a", "[s]\nb: 1\na: x\n")]
    [InlineData("[t]\nb=1\n", "", "a", "a=x\n[t]\nb=1\n")]
    [InlineData("[s]\nb=1\n\n# of t\n[t]\n", "s", "a", "[s]\nb=1\na=x\n\n# of t\n[t]\n")]
    [InlineData("[s]\nb = 1\n  more\n[t]\n", "s", "a", "[s]\nb = 1\n  more\na = x\n[t]\n")]
    [InlineData("[s]\na =   old # kept?\n", "s", "a", "[s]\na =   x\n")]
    public void A_value_is_put_where_it_belongs(string before, string section, string name, string after)
    {
        TextLines lines = new(before);
        new IniLines(lines, section, name).Set("x");

        Assert.Equal(after, lines.ToString() is var text && text.EndsWith('\n') ? text : text + "\n");
        Assert.Equal("x", new IniLines(lines, section, name).Value);
    }

    public static IReadOnlyList<Sample> Samples =>
        [
            new Sample<IniValue>
            {
                LosesOnly = "the value that the key had",
                Bare =
                [
                    new(new IniValue("/etc/lab.ini", "lab", "key") { Value = "value" })
                    {
                        Prepare = "echo '; a comment' >/etc/lab.ini",
                        IsThere = "tail -n 1 /etc/lab.ini | grep -qx 'key = value'",
                    },
                ],
            },
            new Sample<NoIniValue>
            {
                LosesOnly = "the value",
                ForRoot = [new(new NoIniValue("/etc/gone.ini", "a", "b")) { Prepare = "printf '[a]\\nb=1\\n' >/etc/gone.ini" }],
            },
        ];
}
