// A directory for logs that cannot fill the disk: 64 MiB, whatever the program writes. And swap space.

#load "lib/storage.csx"

Hosts(new Host("app1"));

On("app1",
    SizeLimitedDirectory("/var/log/app", "/var/lib/app-logs.img", ByteSize.FromMegabytes(64), mode: "0755"),
    new Swap("/swapfile") { Size = ByteSize.FromMegabytes(64), Priority = 10 });
