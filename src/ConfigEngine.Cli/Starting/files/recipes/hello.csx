// A recipe of its own: cfg plan recipes/hello.csx
// Its hosts are those of infra.csx, which is found above it.

On("all", host =>
[
    new File("/tmp/cfg-demo.txt")
    {
        // What a host says about itself (cfg facts) is there while planning.
        Content = $"""
            {host.Name} runs {host.Facts.Distribution.PrettyName} with {host.Facts.Cpus} processors.
            A cache may have {host.Facts.Memory / 4}.

            """,
    },
]);
