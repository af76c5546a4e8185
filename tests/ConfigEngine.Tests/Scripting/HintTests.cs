namespace ConfigEngine.Tests.Scripting;

/// <summary>Where people slip, and what they are told.</summary>
public sealed class HintTests : IDisposable
{
    readonly RecipeFolder folder = new();

    public void Dispose() => folder.Dispose();

    void Hints(string recipe, string hint)
    {
        var error = folder.ErrorOf(recipe);
        Assert.Contains($"\n  hint: {hint}", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(
        "using System.IO;\nOn(\"web\", new File(\"/x\") { Content = \"\" });",
        "leave out \"using System.IO\": then File means the resource, and the other one is System.IO.File"
    )]
    [InlineData("var x = Path.Combine(\"a\", \"b\");", "write System.IO.Path")]
    [InlineData(
        "var x = Regex.IsMatch(\"a\", \"b\");",
        "write System.Text.RegularExpressions.Regex, or using System.Text.RegularExpressions; in the first lines"
    )]
    public void Names_of_the_base_library(string recipe, string hint) => Hints(recipe, hint);

    [Theory]
    [InlineData("On(\"web\", new SystemdUint(\"a\"));", "did you mean SystemdUnit?")]
    [InlineData("On(\"web\", new package(\"a\"));", "did you mean Package?")]
    [InlineData("On(\"web\", new Service(\"a\"));", "did you mean SystemdUnit?")]
    [InlineData("on(\"web\");", "did you mean On?")]
    [InlineData("Recipe Nginx() => new(\"n\");\nOn(\"web\", Ngnix());", "did you mean Nginx?")]
    [InlineData("On(\"web\", WikiSite(\"a\"));", "a function of another file is there after #load \"that-file.csx\"")]
    [InlineData("On(web, new Package(\"a\"));", "put the name of a host or a group in quotes: On(\"web\", …)")]
    [InlineData(
        "On(\"web\", new File(\"/x\") { Content = host.Name });",
        "what is known of a host is there inside On(\"…\", host => […])"
    )]
    public void Names_that_mean_nothing(string recipe, string hint) => Hints(recipe, hint);

    [Theory]
    [InlineData("new File(\"/x\") { State = \"absent\" }", "what should not be there is a resource of its own: new NoPath(…)")]
    [InlineData("new Package(\"a\") { Ensure = \"absent\" }", "what should not be there is a resource of its own: new NoPackage(…)")]
    [InlineData("new User(\"a\") { Present = false }", "what should not be there is a resource of its own: new NoUser(…)")]
    [InlineData("new Package(\"a\") { Absent = true }", "what should not be there is a resource of its own: new NoPackage(…)")]
    [InlineData("new NoFile(\"/x\")", "write new NoPath(…), with the path of it or of its file")]
    [InlineData("new NoCronJob(\"x\")", "write new NoPath(…), with the path of it or of its file")]
    [InlineData("new NoGroup(\"x\")", "did you mean NoUserGroup?")]
    [InlineData("new NoPth(\"/x\")", "did you mean NoPath?")]
    public void What_should_not_be_there(string resource, string hint) => Hints($"On(\"web\", {resource});", hint);

    [Theory]
    [InlineData(
        "On(\"web\", host => [new Package(\"a\"), if (host.Name == \"x\") new Package(\"b\")]);",
        "in a list, write condition ? new Package(\"nginx\") : null"
    )]
    [InlineData(
        "On(\"web\", new Package(\"a\"), if (true) new Package(\"b\"));",
        "in a list, write condition ? new Package(\"nginx\") : null"
    )]
    [InlineData("var c = true;\nOn(\"web\", [.. c ? [new Package(\"a\")] : []]);", "write condition ? new Package(\"nginx\") : null")]
    public void Conditions_in_lists(string recipe, string hint) => Hints(recipe, hint);

    [Theory]
    [InlineData("On(\"web\", Package(\"nginx\"));", "write new Package(…)")]
    [InlineData("On(\"web\", File(\"/x\") { Content = \"\" });", "write new File(…) { … }")]
    [InlineData("Hosts(Host(\"web1\"));", "write new Host(…)")]
    public void A_forgotten_new(string recipe, string hint) => Hints(recipe, hint);

    [Theory]
    [InlineData(
        "On(\"web\", new File(\"/x\"));",
        "new File(…) { Content = \"text\\n\" }, or Content = Local(\"files/name\") for a file beside the recipe"
    )]
    [InlineData("On(\"web\", new File(\"/x\") { Mode = \"0644\" });", "new File(…) { Content = \"text\\n\" }")]
    [InlineData("On(\"web\", new File(\"/x\") { content = \"\" });", "did you mean Content?")]
    [InlineData("On(\"web\", new SystemdUnit(\"a.service\") { Enable = true });", "did you mean Enabled?")]
    [InlineData("On(\"web\", new SystemdUnit(\"a.service\") { State = \"started\" });", "write Running = true")]
    [InlineData("Hosts(new Host(\"a\") { Adress = \"x\" });", "did you mean Address?")]
    [InlineData("On(\"web\", host => [new Package(host.Nane)]);", "did you mean Name?")]
    [InlineData("On(\"web\", new Package());", "it is written new Package(string Name)")]
    [InlineData(
        "var unit = new SystemdUnit(\"a.service\");\nunit.Running = true;",
        "what is declared does not change: set it where it is made, or make a copy: it with { … }"
    )]
    public void Properties(string recipe, string hint) => Hints(recipe, hint);

    [Theory]
    [InlineData("On(\"web\", new Command(\"ls\"));", "write it as $\"…\": each {value} in it is quoted as one word")]
    [InlineData(
        "var ls = \"ls\";\nOn(\"web\", new Command(ls));",
        "write it as $\"…\": each {value} in it is quoted as one word; Shell.Verbatim(…)"
    )]
    [InlineData("On(\"web\", new File(\"/x\") { Content = \"\", Mode = 0644 });", "write the octal digits in quotes: \"0644\"")]
    [InlineData("On(\"web\", new SystemdUnit(\"a.service\") { Running = \"yes\" });", "write true or false, without quotes")]
    [InlineData("On(\"web\", new SystemdUnit(\"a.service\") { Running = yes });", "write true")]
    [InlineData("On(\"web\", new SystemdUnit(\"a.service\") { Running = False });", "write false")]
    [InlineData("Hosts(new Host(\"a\") { Port = \"22\" });", "write the number without quotes")]
    [InlineData("On(\"web\", new Package(\"a\") { Deadline = 30 });", "write TimeSpan.FromSeconds(30)")]
    [InlineData("On(\"web\", \"nginx\");", "On takes resources, such as new Package(\"nginx\")")]
    [InlineData("On(\"web\", host => new Package(\"a\"));", "wrap it in brackets: [ … ]")]
    [InlineData("Recipe Nginx() => new(\"n\");\nOn(\"web\", Nginx);", "call it: Nginx(…)")]
    public void Values_of_the_wrong_type(string recipe, string hint) => Hints(recipe, hint);

    [Theory]
    [InlineData(
        "var a = new SystemdUnit(\"a.service\");\nOn(\"web\", new Package(\"a\") { Notifies = a.Restart });",
        "wrap it in brackets: [ … ]"
    )]
    [InlineData(
        "var a = new SystemdUnit(\"a.service\");\nOn(\"web\", new Package(\"a\") { Notifies = [a] });",
        "name the handler: a.Restart"
    )]
    [InlineData("On(\"web\", new Package(\"a\") { Notifies = [\"a\"] });", "a handler is a resource's own")]
    [InlineData("var first = On(\"a\");\nOn(\"b\").After = first;", "wrap it in brackets: [ … ]")]
    public void Handlers_and_order(string recipe, string hint) => Hints(recipe, hint);

    [Theory]
    [InlineData("On(\"web\", new Package(\"a\") new Package(\"b\"));", "put a comma between resources")]
    [InlineData("On(\"web\",\n    new Package(\"a\")\n    new Package(\"b\"));", "put a comma between resources")]
    [InlineData(
        "On(\"web\", new Package(\"a\") { Deadline = null; });",
        "between { and } properties are separated by commas; a ; comes after On(…)"
    )]
    [InlineData("On(\"web\", new File(\"/x\") { Content: \"a\" });", "a property is set with =, as in Content = \"…\"")]
    [InlineData("On(\"web\", new Package('nginx'));", "use double quotes: \"…\"")]
    [InlineData("On('w', new Package(\"nginx\"));", "use double quotes: \"…\"")]
    [InlineData("var x = \"a\nb\";", "put text of several lines between \"\"\" and \"\"\", each on a line of its own")]
    [InlineData("On \"web\", new Package(\"a\");", "write On(…) with parentheses")]
    [InlineData("On(\"web\", if (true) new Package(\"a\"));", "in a list, write condition ? new Package(\"nginx\") : null")]
    [InlineData("#load lib/a.csx", "write the path in quotes: #load \"lib/name.csx\"")]
    [InlineData("using var x = new System.Threading.CancellationTokenSource();", "a recipe's own variables need no using: var it = …")]
    public void Punctuation(string recipe, string hint) => Hints(recipe, hint);

    [Theory]
    [InlineData("- name: install nginx\n  apt:\n    name: nginx\n")]
    [InlineData("hosts: web\n")]
    [InlineData("nginx:\n  pkg.installed\n")]
    public void YAML(string recipe) => Hints(recipe, "a recipe is C#, not YAML: On(\"web\", new Package(\"nginx\"));");

    [Theory]
    [InlineData("On(\"web\", async host => [new Package(\"a\")]);", "leave out async and await")]
    [InlineData("System.Threading.Tasks.Task.Delay(1);", "write await before it")]
    public void Waiting(string recipe, string hint) => Hints(recipe, hint);

    [Theory]
    [InlineData(
        "On(\"web\");\n  new Package(\"a\") { Deadline = null };",
        "put it into On(\"…\", new Package(…)), or give it a name: var it = new Package(…)"
    )]
    [InlineData("On(\"web\", host => { new Package(\"a\"); });", "return it in a list: host => [new Package(…)]")]
    public void A_resource_for_no_host(string recipe, string hint) => Hints(recipe, hint);

    [Theory]
    [InlineData("new Package(\"a\") { State = \"absent\" }", "what should not be there is a resource of its own: new NoPackage(…)")]
    [InlineData("new Package(\"a\") { State = \"latest\" }", "write Version = PackageVersion.Latest")]
    [InlineData("new Package(\"a\") { Ensure = \"present\" }", "leave it out: what is declared is what should be there")]
    [InlineData("new SystemdUnit(\"a.service\") { State = \"stopped\" }", "write Running = false")]
    [InlineData("new SystemdUnit(\"a.service\") { State = \"restarted\" }", "a unit is restarted by what changes before it")]
    [InlineData("new File(\"/x\") { State = \"directory\", Content = \"\" }", "a directory is a resource of its own: new Directory(…)")]
    [InlineData("new File(\"/x\") { Source = \"motd\" }", "the content of a file beside the recipe: Content = Local(\"motd\")")]
    [InlineData("new File(\"/x\") { Src = \"motd\" }", "the content of a file beside the recipe: Content = Local(\"motd\")")]
    [InlineData("new Tree(\"/x\") { Source = \"files\" }", "what is in a directory beside the recipe: From = LocalTree(\"files\")")]
    [InlineData("new Package(\"a\") { When = true }", "for one resource: condition ? new Package(\"nginx\") : null")]
    [InlineData("new Package(\"a\") { Notify = [] }", "it is called Notifies here")]
    [InlineData("new Command($\"id\") { Register = \"x\" }", "ask the host before you decide: host.Ask($\"uname -r\").Text")]
    [InlineData("new Package(\"git\", \"vim\")", "write one for each: new Package(\"…\"), new Package(\"…\")")]
    [InlineData("new Package([\"git\", \"vim\"])", "write one for each: new Package(\"…\"), new Package(\"…\")")]
    public void Habits_of_other_tools(string resource, string hint) => Hints($"On(\"web\", {resource});", hint);

    [Theory]
    [InlineData("new File(\"/x\") { Content = File.ReadAllText(\"motd\") }", "the content of a file beside the recipe is Local(\"motd\")")]
    [InlineData("File.Exists(\"/x\") ? new Package(\"a\") : null", "on a host, a command tells: host.Ask($\"test -e /x")]
    [InlineData(
        "new Tree(\"/x\") { From = Directory.GetFiles(\"conf\") }",
        "what is in a directory beside the recipe is LocalTree(\"conf\")"
    )]
    [InlineData("new File(\"/x\") { Content = System.IO.File.ReadAllText(\"motd\") }", "System.IO looks in the current directory")]
    public void Files_of_this_machine(string resource, string hint) => Hints($"On(\"web\", {resource});", hint);

    [Theory]
    [InlineData("new File(\"/x\") { Content = host.Vars[\"port\"] }", "a variable is read with its type: host.Var<string>(\"port\")")]
    [InlineData("new Package(host[\"name\"])", "a variable is read with its type: host.Var<string>(\"name\")")]
    [InlineData("new Package(\"a\") { Retries = host.Vars[\"n\"] }", "a variable is read with its type: host.Var<int>(\"n\")")]
    [InlineData("host.Facts.Memory > 4L ? new Package(\"a\") : null", "compare it with another size, such as ByteSize.FromGigabytes(4)")]
    [InlineData("host.Facts.Memory > ByteSize.FromGibibytes(4) ? new Package(\"a\") : null", "did you mean ByteSize.FromGigabytes?")]
    public void Variables_and_facts(string resource, string hint) => Hints($"On(\"web\", host => [{resource}]);", hint);

    [Theory]
    [InlineData("$\"server { listen 80; }\"")]
    [InlineData("$\"server { listen {x}; }\"")]
    [InlineData("$\"\"\"\n    server {\n        listen {x};\n    }\n    \"\"\"")]
    [InlineData("$@\"server {\n  listen {x};\n}\n\"")]
    [InlineData("$\"{ \\\"port\\\": {x} }\"")]
    [InlineData("$\"{x} }\"")]
    [InlineData("$\"body { color }\"")]
    public void Braces_in_text(string text) =>
        Hints(
            $"var x = 80;\nOn(\"web\", new File(\"/x\") {{ Content = {text} }});",
            "in $\"…\", { begins a value. Text with braces of its own"
        );

    [Theory]
    [InlineData("$$\"\"\"\n    { {{{x}}}} }\n    \"\"\"", "begin the text with one more $")]
    [InlineData("\"\"\"\n  a\n    \"\"\"", "indent each line of the text at least as far as the \"\"\" that ends it")]
    [InlineData("\"\"\"\n    a\n    \"", "text over several lines begins on the line after \"\"\"")]
    public void Raw_text(string text, string hint) => Hints($"var x = 80;\nOn(\"web\", new File(\"/x\") {{ Content = {text} }});", hint);

    [Theory]
    [InlineData("On(\"web\", new Package(\"a\"), new Package(\"b\"),);", "take away the last comma")]
    [InlineData("On(\"web\",\n    new Package(\"a\"),\n);", "take away the last comma")]
    [InlineData("On(\"web\", new Package(\"a\"),, new Package(\"b\"));", "take away one of the two commas")]
    [InlineData(
        "On(\"web\", host => { new Package(\"a\"), new Package(\"b\") });",
        "write a list of resources in brackets: host => [ … ]"
    )]
    [InlineData("On(\"web\", host => [foreach (var n in new[] { \"a\" }) new Package(n)]);", "build the list first")]
    public void Commas_and_loops(string recipe, string hint) => Hints(recipe, hint);

    [Fact]
    public void What_the_engine_forbids_is_said_in_its_own_words() =>
        Assert.StartsWith(
            "site.csx(2,30): a secret cannot be part of a command, which every user",
            folder.ErrorOf("var s = Secrets.Environment(\"X\");\nOn(\"web\", new Command($\"echo {s}\"));")
        );

    [Fact]
    public void A_mode_that_is_none_is_found_where_it_is_also_in_a_lambda() =>
        Assert.StartsWith(
            "site.csx(5,16): \"rwx\" is not a file mode",
            folder.ErrorOf(
                "On(\"web\", host =>\n[\n    new File(\"/x\")\n    {\n        Mode = \"rwx\",\n        Content = \"\",\n    },\n]);"
            )
        );
}
