// What must hold whatever else changes; cfg test checks it on the hosts in recordings/.

Expect("all").HasNoErrors().LosesNothing().NeverReboots().KnowsEveryLine();
Expect("all", state: "fresh").Changes("file *");
Expect("all", state: "converged").ChangesNothing();
Expect("all", state: "drifted").Changes("directory *").Changes("file *");
