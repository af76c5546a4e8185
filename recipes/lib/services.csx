// Programs that run for good: functions that return a Recipe, and no declaration.

/// <summary>
/// A worker of Celery under supervisord. When it is stopped, it takes no more tasks and finishes those that it has (Celery's warm
/// shutdown), and supervisord waits for that: a restart loses no task.
/// </summary>
/// <param name="app">The module of the application, as for celery -A.</param>
/// <param name="taskLimit">How long a task may take; Celery ends one that takes longer.</param>
/// <param name="secrets">Variables that hold secrets, one NAME=value a line, such as the address of the broker.</param>
/// <param name="code">The resources of its code: the worker is restarted when one of them changed.</param>
Recipe CeleryWorker(string name, string app, string directory, string user, TimeSpan taskLimit, Content? secrets = null, params Resource[] code)
{
    var supervisor = new SystemdUnit("supervisor.service") { Enabled = true, Running = true };
    var worker = new SupervisorProgram(name)
    {
        Command   = $"/usr/bin/celery -A {app} worker --loglevel INFO --hostname {name}@%h --time-limit {((int)taskLimit.TotalSeconds).ToString()}",
        Directory = directory,
        User      = user,
        SecretEnvironment = secrets,

        // The signal is for the worker alone: its children get their end from it.
        StopSignal  = "TERM",
        StopWait    = taskLimit + TimeSpan.FromSeconds(30),
        TaskLimit   = taskLimit,
        KillAsGroup = true,
        StartWait   = TimeSpan.FromSeconds(5),
    };
    return new($"celery worker {name}",
        new Package("supervisor"),
        new Package("celery"),
        new Recipe("code", [.. code.Select(part => part with { Notifies = [.. part.Notifies, worker.Restart] })]),
        supervisor,
        worker);
}
