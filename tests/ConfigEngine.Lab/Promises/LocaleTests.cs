using ConfigEngine.Resources;

namespace ConfigEngine.Lab;

/// <summary>Locales are made by the system's own tools, and used by what logs in.</summary>
[Collection("lab")]
public sealed class LocaleTests(Lab lab)
{
    [LabTheory]
    [InlineData("bullseye")]
    [InlineData("bookworm")]
    [InlineData("trixie")]
    public async Task Locales_are_made_and_one_is_the_default(string release)
    {
        await using var host = await lab.StartHostAsync(release);
        Locale german = new("de_DE.UTF-8") { IsDefault = true };
        Locale euro = new("de_DE@euro");
        Assert.Contains("the host has no locale-gen", await host.ErrorOf(german), StringComparison.Ordinal);
        IDeclaration[] all = [new PackageIndex(), new Package("locales"), german, euro, new Locale("C.UTF-8")];

        Nothing.In((await host.Apply(all)).Error);

        Assert.Empty((await host.Plan(all)).Changes);
        Assert.Equal("UTF-8 ISO-8859-15", await host.Sh("echo $(LC_ALL=de_DE.UTF-8 locale charmap; LC_ALL=de_DE@euro locale charmap)"));
        Assert.Equal("de_DE.UTF-8", await host.Sh(". /etc/default/locale; echo $LANG"));
        Assert.Contains("did you mean de_DE.UTF-8?", await host.ErrorOf(new Locale("de_DE.utf8")), StringComparison.Ordinal);

        foreach (
            var breaks in (string[])
                [
                    "sed -i '/^de_DE.UTF-8/d' /etc/locale.gen",
                    "sed -i '/^de_DE.UTF-8/d' /etc/locale.gen; locale-gen",
                    "update-locale LANG=C.UTF-8",
                ]
        )
        {
            await host.Sh(breaks);
            Assert.Equal([german.Address], (await host.Plan(all)).Changes.Select(change => change.Address));
            Nothing.In((await host.Apply(all)).Error);
            Assert.Empty((await host.Plan(all)).Changes);
        }

        // What somebody made by other means is not taken away.
        await host.Sh("localedef -i fr_FR -f UTF-8 fr_FR.UTF-8 && sed -i '/^de_DE@euro/d' /etc/locale.gen && locale-gen --keep-existing");
        Nothing.In((await host.Apply(all)).Error);
        Assert.Equal("UTF-8", await host.Sh("LC_ALL=fr_FR.UTF-8 locale charmap"));
    }
}
