using ConfigEngine.Cli;
using ConfigEngine.Cli.Live;
using ConfigEngine.Rendering;
using ConfigEngine.Tests.Rendering;

namespace ConfigEngine.Tests.Cli;

/// <summary>What is above the live view stays as it was printed, in every frame, and nothing of the view is left when it ends.</summary>
public sealed class LiveProgressTests
{
    const string Above = "web1  Debian 12\n  + file /etc/motd\n\nPlan: 1 host, 1 change.\nApply? y\n";

    [Theory]
    [InlineData(40, 1)]
    [InlineData(80, 1)]
    [InlineData(80, 3)]
    [InlineData(140, 30)]
    public async Task What_is_above_it_stays(int columns, int hosts)
    {
        Screen screen = new(columns);
        screen.Write(Above);
        await using (LiveProgress progress = new(On(screen), Planned(hosts)))
        {
            Look(progress);
            for (var i = 1; i <= hosts; i++)
            {
                progress.Tell(new ChangeStarted(Name(i), $"file /srv/{i}/{new string('x', 60)}"));
                Look(progress);
            }

            progress.Say("Ctrl-C once more stops at once");
            Look(progress);
            for (var i = 1; i <= hosts; i++)
            {
                progress.Tell(new HostDone(Name(i)));
                Look(progress);
            }
        }

        screen.Write("web1  done\n");
        Assert.Equal($"{Above}web1  done", screen.Text);

        void Look(LiveProgress shown)
        {
            shown.Draw();
            Assert.StartsWith(Above, screen.Text, StringComparison.Ordinal);
            Assert.All(screen.Text.Split('\n'), line => Assert.True(line.Length < columns, line));
        }
    }

    [Fact]
    public async Task What_is_printed_meanwhile_stays_above_it()
    {
        Screen screen = new(60);
        screen.Write(Above);
        await using LiveProgress progress = new(On(screen), Planned(2));

        progress.Tell(new ChangeStarted(Name(1), "file /srv/1"));
        progress.Draw();
        progress.Print([new("web1: something that stays"), OutputLine.Empty]);

        Assert.StartsWith($"{Above}web1: something that stays\n\n\n{Name(1)}  ", screen.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_terminal_that_becomes_narrower_loses_nothing_that_was_above()
    {
        Screen screen = new(80);
        screen.Write(Above);
        await using LiveProgress progress = new(On(screen), Planned(2));
        progress.Tell(new ChangeStarted(Name(1), $"file /srv/{new string('x', 60)}"));
        progress.Draw();

        screen.Narrow(30);
        progress.Draw();

        Assert.StartsWith(Above, screen.Text, StringComparison.Ordinal);
        Assert.Equal(3, screen.Text[Above.Length..].Split('\n').Length);
    }

    [Fact]
    public async Task Shows_hosts_in_the_order_of_the_plan_and_a_bar_over_all()
    {
        Screen screen = new(100);
        await using LiveProgress progress = new(On(screen), Planned(4));

        progress.Tell(new ChangeStarted(Name(3), "file /srv/3"));
        progress.Tell(new ChangeStarted(Name(2), "file /srv/2"));
        progress.Tell(new ChangeDone(Name(1), Plans.File("/srv/1", null, "x\n"), TimeSpan.FromSeconds(1)));
        progress.Tell(new HostDone(Name(1)));
        progress.Tell(new HostFailed(Name(4), new RecipeException("wrong")));
        progress.Draw();

        Assert.Equal(
            $"""

            {Name(2)}    0.0 s  file /srv/2
            {Name(3)}    0.0 s  file /srv/3
            ━━━━━─────────────── 1 of 4 changes, 1 of 4 hosts done, 1 failed, 0.0 s
            """,
            screen.Text
        );
    }

    static string Name(int number) => $"web{number:00}-with-a-name-that-is-long";

    static Plan Planned(int hosts) =>
        new([.. Enumerable.Range(1, hosts).Select(i => Plans.Host(Name(i), Plans.File($"/srv/{i}", null, "x\n")))]);

    static Terminal On(Screen screen) =>
        new(TextReader.Null, screen, screen)
        {
            ErrorIsTerminal = true,
            OutIsTerminal = true,
            Size = () => (screen.Columns, 50),
            Variable = _ => null,
            Time = new StoppedClock(),
        };

    /// <summary>Nothing is drawn but when a test says so.</summary>
    sealed class StoppedClock : TimeProvider
    {
        public override long GetTimestamp() => 0;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            TimeProvider.System.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }
}
