// The first recipe to try: cfg apply recipes/hello.csx --local
// It makes one directory and one file under /tmp, and asks before it does.

On("all", host =>
[
    new Directory("/tmp/cfg-hello") { Mode = "0755" },
    new File("/tmp/cfg-hello/welcome.txt")
    {
        Content = $"""
            This is {host.Facts.Hostname}: {host.Facts.Distribution.PrettyName} on {host.Facts.Cpus} processors.
            Change me, and `cfg plan recipes/hello.csx --local` shows the difference.

            """,
        Mode = "0644",
    },
]);
