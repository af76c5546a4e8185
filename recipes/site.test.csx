// What must hold whatever else changes; cfg test checks it on the hosts in recordings/.

Expect("all").HasNoErrors().NeverReboots();
Expect("web", state: "fresh").Changes("nginx-site app.example.com").Runs("reload nginx.service", times: 1);
Expect("all", state: "converged").ChangesNothing();
Expect("web", state: "drifted").Changes("systemd-unit nginx.service").Runs("reload nginx.service", times: 1);

// An apply that was cut off: what is left of it, and what it still owes.
Expect("web1", state: "cut:2").HasPage();
Expect("web1", state: "owed").Runs("reload nginx.service", times: 1).HasPage();
