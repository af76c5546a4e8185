using ConfigEngine.Resources;
using static ConfigEngine.Testing.Page;

namespace ConfigEngine.Tests.Resources;

public sealed class LocaleTests : ISamples
{
    const string Tools = "generator=yes\nsetter=yes\n";
    const string New = $"{Tools}available=no\ncharset=UTF-8\nlisted=no\n";
    const string There = $"{Tools}available=yes\ncharset=UTF-8\nlisted=yes\n";

    static readonly Locale German = new("de_DE.UTF-8");

    [Fact]
    public void Makes_a_locale() => Plan(German, New);

    [Fact]
    public void Makes_it_the_default() => Plan(German with { IsDefault = true }, New + "default=en_US.UTF-8\n");

    [Fact]
    public void Leaves_a_locale_and_the_default_that_nothing_is_said_of() => Plan(German, There);

    [Fact]
    public void Leaves_the_default_that_is_right() => Plan(German with { IsDefault = true }, There + "default=de_DE.UTF-8\n");

    [Fact]
    public void Makes_one_that_is_there_the_default() => Plan(German with { IsDefault = true }, There);

    [Fact]
    public void Lists_one_that_the_next_run_of_locale_gen_would_forget() =>
        Plan(German, $"{Tools}available=yes\ncharset=UTF-8\nlisted=no\n");

    [Fact]
    public void Makes_one_that_is_only_listed() => Plan(German, $"{Tools}available=no\ncharset=UTF-8\nlisted=yes\n");

    [Fact]
    public void Makes_one_with_another_character_set() =>
        Plan(new Locale("de_DE@euro"), $"{Tools}available=no\ncharset=ISO-8859-15\nlisted=no\n");

    [Fact]
    public void Leaves_what_every_system_has() => Plan(new Locale("C.UTF-8"), "setter=yes\navailable=yes\nlisted=no\n");

    [Fact]
    public void Says_which_package_makes_locales() => Plan(German, "setter=yes\navailable=no\nlisted=no\n");

    [Fact]
    public void Says_what_was_probably_meant() =>
        Plan(
            new Locale("de_DE.utf8"),
            $"{Tools}available=no\nknown=aa_DJ.UTF-8 da_DK.UTF-8 de_AT.UTF-8 de_DE de_DE.UTF-8 de_DE@euro en_US.UTF-8 \nlisted=no\n"
        );

    [Fact]
    public void Refuses_what_is_no_name() => Plan(new Locale("German"), New);

    [Fact]
    public void Refuses_two_defaults() =>
        Assert.Contains(
            "the default locale is de_DE.UTF-8, and the default locale is en_US.UTF-8",
            Claim.Contradiction([German with { IsDefault = true }, new Locale("en_US.UTF-8") { IsDefault = true }])?.Words,
            StringComparison.Ordinal
        );

    [Fact]
    public void Does_not_guess_from_an_answer_that_it_does_not_know() => Plan(German, "available=perhaps\nlisted=no\n");

    public static IReadOnlyList<Sample> Samples =>
        [
            new Sample<Locale>
            {
                LosesOnly = "the default locale, of which there is one",
                BareElsewhere = "LocaleTests of the lab: a host without the package locales makes none",
                ForRoot = [new(German)],
            },
        ];
}
