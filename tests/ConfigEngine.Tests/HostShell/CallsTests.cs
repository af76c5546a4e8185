namespace ConfigEngine.Tests.HostShell;

public sealed class CallsTests
{
    [Fact]
    public void A_call_is_one_part() =>
        Assert.Equal(["cfg_path '/a b' - 4096 '' 'it'\\''s'"], Parts($"cfg_path {"/a b"} - 4096 {""} {"it's"}"));

    [Fact]
    public void Calls_stand_between_what_joins_them() =>
        Assert.Equal(
            ["cfg_needs systemctl", "\n", "cfg_unit_loaded a.service ", "|| exit\n", "cfg_path /a - 0 '' ''"],
            Parts($"cfg_needs {"systemctl"}\ncfg_unit_loaded {"a.service"} || exit\ncfg_path /a - 0 {""} {""}")
        );

    [Fact]
    public void Together_they_are_the_snippet()
    {
        Shell snippet = $"cfg_is_user {"deploy"}\ncfg_path {"/srv/o'clock\nnext"} - 4096 {"root"} {""}";

        Assert.Equal(snippet.Text, string.Concat(Parts(snippet)));
    }

    [Fact]
    public void A_prelude_may_have_functions_of_its_own()
    {
        Shell prelude = $"cfg_tell_it() {{ :; }}";

        Assert.Null(Calls.Of($"cfg_it now", null));
        Assert.Equal(["cfg_it now"], Calls.Of($"cfg_it now", prelude));
    }

    [Theory]
    [InlineData("cfg_tree /srv root root - - ''")]
    [InlineData("cfg_path /a - 0 '' '' | cat")]
    [InlineData("cfg_path /a - 0 '' ''; id")]
    [InlineData("cfg_path $HOME - 0 '' ''")]
    [InlineData("cfg_path \"/a\" - 0 '' ''")]
    [InlineData("cfg_path `id` - 0 '' ''")]
    [InlineData("cfg_path /a - 0 '' '' >/b")]
    [InlineData("cfg_path /a - 0 '' '' &\ncfg_path /b - 0 '' ''")]
    [InlineData("cfg_path /a - 0 '' '' || cfg_path /b - 0 '' ''")]
    [InlineData("cfg_path /a - 0 'open")]
    [InlineData("cfg_path /a - 0 '' ''\nid")]
    [InlineData("x=1 cfg_path /a - 0 '' ''")]
    [InlineData("cfg_pathological")]
    [InlineData("id")]
    [InlineData("")]
    public void Whatever_is_more_than_calls_is_asked_alone(string script) => Assert.Null(Calls.Of(Shell.Verbatim(script), null));

    static IReadOnlyList<string> Parts(Shell snippet) => Calls.Of(snippet, null) ?? ["none"];
}
