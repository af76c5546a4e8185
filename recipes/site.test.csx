// What must hold whatever else changes; cfg test checks it on the hosts in recordings/.

Expect("all").HasNoErrors().NeverReboots();
Expect("web", state: "fresh").Changes("nginx-site app.example.com").Runs("reload nginx.service", times: 1);
Expect("all", state: "converged").ChangesNothing();
