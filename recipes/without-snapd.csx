// A server without snapd, for good: cfg plan recipes/without-snapd.csx

#load "lib/host.csx"

Hosts(new Host("web1"));

On("web1", WithoutSnapd());
