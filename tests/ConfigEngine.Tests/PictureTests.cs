using ConfigEngine.Rendering;
using ConfigEngine.Resources;
using ConfigEngine.Testing;
using ConfigEngine.Tests.Documenting;
using ConfigEngine.Tests.Rendering;

namespace ConfigEngine.Tests;

/// <summary>
/// The README's picture of a terminal shows the plan that the README prints, which a test on a host compares with what cfg prints there.
/// </summary>
public class PictureTests
{
    const string Package = "after package nginx-light";

    [Fact]
    public void The_picture_shows_the_plan_of_the_README()
    {
        var lines = PlanText.Render(new([Web]), new());
        var readme = System.IO.File.ReadAllText(Repository.At("README.md"));
        Assert.Equal(readme.Split("```text\n")[1].Split("```")[0], Ansi.Plain(lines));
        OutputLine command = new(new Span("$ ", Ink.Dim), new Span("cfg plan site.csx --host root@web1", Ink.Bold));
        Snapshot.VerifyFile(TerminalPicture.Of([command, .. lines]), Repository.At(".github/plan.svg"));
    }

    static HostPlan Web =>
        Plans.Blocks(
            "web1",
            new BlockPlan(
                1,
                [
                    .. new[]
                    {
                        Plans.Change(
                            Verb.Create,
                            "package",
                            "nginx-light",
                            new AttributeChange("version", PackageVersion.NotInstalled, (PackageVersion)"1.22.1-9+deb12u9")
                        ) with
                        {
                            Effects =
                            [
                                new(EffectKind.Installs, "libnginx-mod-http-echo") { Detail = "1:0.63-4" },
                                new(EffectKind.Installs, "nginx") { Detail = "1.22.1-9+deb12u9" },
                                new(EffectKind.Installs, "nginx-common") { Detail = "1.22.1-9+deb12u9" },
                            ],
                        },
                        Predicted(Plans.File("/etc/nginx/conf.d/app.conf", null, "keepalive_timeout 20;\n")),
                        Predicted(
                            Plans.Change(
                                Verb.Create,
                                "systemd-unit",
                                "nginx.service",
                                new AttributeChange("enabled", null, true),
                                new("running", null, true)
                            )
                        ),
                    }.Select(change => new PlannedChange(new ConfigEngine.Resources.Directory("/changed"), change)),
                ],
                [
                    new(
                        new("reload nginx.service", Shell.Verbatim("systemctl reload nginx.service")),
                        ["file /etc/nginx/conf.d/app.conf"],
                        Certainty.Predicted
                    ),
                ]
            )
        ) with
        {
            System = "Debian GNU/Linux 12 (bookworm)",
        };

    static Change Predicted(Change change) => change with { Certainty = Certainty.Predicted, Because = Package };
}
