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
    [InlineData("On(\"web\", NginxSite(\"a\"));", "a function of another file is there after #load \"that-file.csx\"")]
    [InlineData("On(web, new Package(\"a\"));", "the name of a host or a group stands in quotes: On(\"web\", …)")]
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
        "in a list, say condition ? new Package(\"nginx\") : null"
    )]
    [InlineData(
        "On(\"web\", new Package(\"a\"), if (true) new Package(\"b\"));",
        "in a list, say condition ? new Package(\"nginx\") : null"
    )]
    [InlineData("var c = true;\nOn(\"web\", [.. c ? [new Package(\"a\")] : []]);", "say condition ? new Package(\"nginx\") : null")]
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
    [InlineData("On(\"web\", new SystemdUnit(\"a.service\") { State = \"started\" });", "SystemdUnit has: ")]
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
    [InlineData("On(\"web\", host => new Package(\"a\"));", "a list stands in brackets: [ … ]")]
    [InlineData("Recipe Nginx() => new(\"n\");\nOn(\"web\", Nginx);", "call it: Nginx(…)")]
    public void Values_of_the_wrong_type(string recipe, string hint) => Hints(recipe, hint);

    [Theory]
    [InlineData(
        "var a = new SystemdUnit(\"a.service\");\nOn(\"web\", new Package(\"a\") { Notifies = a.Restart });",
        "a list stands in brackets: [ … ]"
    )]
    [InlineData(
        "var a = new SystemdUnit(\"a.service\");\nOn(\"web\", new Package(\"a\") { Notifies = [a] });",
        "name the handler: a.Restart"
    )]
    [InlineData("On(\"web\", new Package(\"a\") { Notifies = [\"a\"] });", "a handler is a resource's own")]
    [InlineData("var first = On(\"a\");\nOn(\"b\").After = first;", "a list stands in brackets: [ … ]")]
    public void Handlers_and_order(string recipe, string hint) => Hints(recipe, hint);

    [Theory]
    [InlineData("On(\"web\", new Package(\"a\") new Package(\"b\"));", "between two resources stands a comma")]
    [InlineData("On(\"web\",\n    new Package(\"a\")\n    new Package(\"b\"));", "between two resources stands a comma")]
    [InlineData(
        "On(\"web\", new Package(\"a\") { Deadline = null; });",
        "between { and } properties are separated by commas; a ; stands after On(…)"
    )]
    [InlineData("On(\"web\", new File(\"/x\") { Content: \"a\" });", "a property is set with =, as in Content = \"…\"")]
    [InlineData("On(\"web\", new Package('nginx'));", "text stands in double quotes: \"…\"")]
    [InlineData("On('w', new Package(\"nginx\"));", "text stands in double quotes: \"…\"")]
    [InlineData("var x = \"a\nb\";", "text over several lines stands between \"\"\" and \"\"\", each on a line of its own")]
    [InlineData("On \"web\", new Package(\"a\");", "write On(…) with parentheses")]
    [InlineData("On(\"web\", if (true) new Package(\"a\"));", "in a list, say condition ? new Package(\"nginx\") : null")]
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
}
