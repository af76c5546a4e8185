// Who there is, and what every host has.
//
//   cfg hosts            the hosts below, and how ssh would reach them
//   cfg plan             what would change on them; nothing is changed
//   cfg plan --local     the same, on this machine alone
//   cfg apply            plan, show, ask, do it, and verify it

Hosts(new Host("localhost") { Transport = Transport.Local });

// Hosts that ssh reaches: whatever your ~/.ssh/config says of a name holds here as well.
//
// Group("web",
//     new Host("web1"),
//     new Host("web2") { Address = "203.0.113.12", User = "deploy", Become = Become.Sudo });

On("all",
    new Directory("/tmp/cfg-demo"),
    new File("/tmp/cfg-demo/welcome.txt")
    {
        Content = """
            This file is as infra.csx says.
            Change it, and cfg plan shows the difference.

            """,
        Mode = "0644",
    });
