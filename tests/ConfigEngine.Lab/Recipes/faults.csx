// What the fault tests interrupt: FAULT is the round, in whose directory everything is; hosts and old/ are there before it.

var round = Environment.GetEnvironmentVariable("FAULT") ?? "none";
var dir = $"/srv/faults/{round}";
var first = new Handler($"first {round}", $"sleep 0.1; echo first >>{dir}/restarts");
var second = new Handler($"second {round}", $"sleep 0.1; echo second >>{dir}/restarts");
var large = string.Concat(Enumerable.Range(0, 4000).Select(i => $"line {i} of a file that takes several packets\n"));

On("all",
    new Directory($"{dir}/etc") { Mode = "0750" },
    new File($"{dir}/etc/app.conf") { Content = "a = 1\nb = 2\n", Mode = "0640", Notifies = [first] },
    new Tree($"{dir}/etc/parts") { From = [new LocalEntry("one", "1\n", false), new LocalEntry("deep/two", "2\n", true), new LocalEntry("deep/er/three", large, false)], Purge = true },
    new Line($"{dir}/hosts", "203.0.113.9 web9") { Notifies = [first] },
    new User(round) { Home = $"{dir}/home", Shell = "/bin/sh", Comment = "a fault" },
    new Command($"sleep 0.2; echo slow >{dir}/slow") { Creates = $"{dir}/slow", Touches = [$"{dir}/slow"] },
    new Command($"echo begun >>{dir}/uncut; sleep 0.4; echo ended >>{dir}/uncut") { Creates = $"{dir}/uncut", Touches = [$"{dir}/uncut"], Uncut = true });

On("all",
    new File($"{dir}/etc/owned.conf") { Content = large, Owner = round, Notifies = [second] },
    new Symlink($"{dir}/etc/current") { Target = "app.conf" },
    // It says nothing of what it writes: what follows is predicted, and planned again behind it.
    new Command($"echo generated >{dir}/generated.new; sleep 0.1; mv {dir}/generated.new {dir}/generated") { Creates = $"{dir}/generated" },
    new Line($"{dir}/generated", "and a line") { Notifies = [second] },
    new NoPath($"{dir}/old"));
