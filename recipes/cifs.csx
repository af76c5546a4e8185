// A share of a Windows server on app1. The password comes from the environment of cfg, and is in no file that others can read.

#load "lib/storage.csx"

Hosts(new Host("app1"));

On("app1", CifsMount("/mnt/office", "//files.example.com/office", "reader", Secrets.Environment("OFFICE_PASSWORD"),
    "ro", "uid=1000", "iocharset=utf8", "file_mode=0640", "dir_mode=0750"));
