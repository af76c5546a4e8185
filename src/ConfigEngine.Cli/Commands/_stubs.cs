using System.CommandLine;
namespace ConfigEngine.Cli.Commands;
static class FactsCommand { public static Command Make(Terminal t) => new("facts", ""); }
static class HostsCommand { public static Command Make(Terminal t) => new("hosts", ""); }
static class InitCommand { public static Command Make(Terminal t) => new("init", ""); }
static class CompletionCommand { public static Command Make(Terminal t) => new("completion", ""); }
