using ConfigEngine.Resources;
using static ConfigEngine.Testing.Page;

namespace ConfigEngine.Tests.Resources;

public sealed class LogrotateTests : ISamples
{
    static readonly Logrotate App = new("app")
    {
        Paths = ["/var/log/app/*.log"],
        Every = LogrotateEvery.Day,
        Keep = 14,
        Compress = true,
        DelayCompress = true,
        Mode = "0640",
        Owner = "app",
        Group = "adm",
        PostRotate = $"systemctl kill --signal HUP {"app.service"}",
    };

    static string Written(Logrotate logrotate) =>
        logrotate.Compare(new(null)) is { After.State: PathState { Content.Text: { } text } }
            ? text
            : throw new InvalidOperationException();

    [Fact]
    public void Rotates_logs() => Plan(App, Files.Absent);

    [Fact]
    public void Leaves_a_file_that_is_as_wanted() => Plan(App, Files.Text(Written(App)));

    [Fact]
    public void Changes_what_somebody_changed() =>
        Plan(App, Files.Text(Written(App).Replace("rotate 14", "rotate 2", StringComparison.Ordinal), "664", "root", "adm"));

    [Fact]
    public void Has_all_that_can_be_said() =>
        Plan(
            new Logrotate("all")
            {
                Paths = ["/var/log/my app.log", "/var/log/other.log"],
                Every = LogrotateEvery.Month,
                Keep = 0,
                KeepDays = 30,
                MinSize = ByteSize.FromMegabytes(1),
                MaxSize = ByteSize.FromGigabytes(1),
                Compress = false,
                CopyTruncate = true,
                RotateEmpty = false,
                MustExist = true,
                Dated = true,
                DateFormat = "-%Y%m%d",
                RotateUser = "app",
                RotateGroup = "app",
                SharedScripts = true,
                PreRotate = $"test -e /srv/ready",
                PostRotate = $"echo {"it's"}\ntrue",
                More = ["olddir /var/log/old"],
            },
            Files.Absent
        );

    [Fact]
    public void Refuses_what_logrotate_does_not_take() =>
        Plan(
            new Logrotate("app.conf")
            {
                Paths = ["app.log", "/var/log/{a,b}.log"],
                Keep = -1,
                Size = new ByteSize(0),
                MaxSize = ByteSize.FromMegabytes(1),
                DateFormat = "%Y %m",
                Owner = "app",
                RotateUser = "app",
                PostRotate = $"true\nendscript",
                More = ["}"],
            },
            Files.Absent
        );

    [Fact]
    public void Refuses_to_rotate_nothing() => Plan(new Logrotate("app") { Paths = [] }, Files.Absent);

    public static IReadOnlyList<Sample> Samples =>
        [
            new Sample<Logrotate>
            {
                LosesOnly = "what the file said before",
                BareElsewhere = "UpkeepTests of the lab: it needs logrotate",
                ForRoot = [new(App)],
            },
        ];
}
