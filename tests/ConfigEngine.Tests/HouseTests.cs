using System.Reflection;
using System.Text.RegularExpressions;
using ConfigEngine.Scripting;
using ConfigEngine.Testing;
using ConfigEngine.Tests.Resources;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using PublicApiGenerator;

namespace ConfigEngine.Tests;

/// <summary>The rules of the house that a compiler does not know.</summary>
public sealed partial class HouseTests
{
    const int LongestFile = 400;
    const int TooWide = 140;

    [Fact]
    public void A_file_that_passes_400_lines_is_two_files() =>
        Assert.Empty(
            Repository
                .Sources("src", "tests")
                .Select(file => (file.Name, Lines: System.IO.File.ReadLines(file.Path).Count()))
                .Where(file => file.Lines > LongestFile)
                .Select(file => $"{file.Name}: {file.Lines} lines")
        );

    /// <summary>A release is refused where it names the home of who made it, and that is often root's.</summary>
    [Fact]
    public void Nothing_that_is_released_names_a_file_in_the_home_of_root() =>
        Assert.Empty(
            from path in System.IO.Directory.EnumerateFiles(Repository.At("src"), "*", SearchOption.AllDirectories)
            where !path.Split('/').Any(part => part is "bin" or "obj")
            where System.IO.File.ReadAllText(path).Contains("/root/", StringComparison.Ordinal)
            select path
        );

    /// <summary>The environment of cfg may have the recipe's secrets, and a process gets it whole if nothing is taken out.</summary>
    [Fact]
    public void A_process_of_this_machine_never_gets_the_secrets_in_the_environment() =>
        Assert.Empty(
            Repository
                .Nodes<ObjectCreationExpressionSyntax>("src")
                .Select(each => (each.Place, Node: (SyntaxNode)each.Node, Type: each.Node.Type.ToString()))
                .Concat(
                    Repository
                        .Nodes<VariableDeclarationSyntax>("src")
                        .Select(each => (each.Place, Node: (SyntaxNode)each.Node, Type: each.Node.Type.ToString()))
                )
                .Where(each => each.Type is "ProcessStartInfo")
                .Where(each =>
                    each.Node.Ancestors().OfType<MethodDeclarationSyntax>().First().ToString() is var method
                    && !method.Contains("Environment.Remove(", StringComparison.Ordinal)
                    && !method.Contains("Environment.Clear(", StringComparison.Ordinal)
                )
                .Select(each => each.Place)
        );

    /// <summary>A host that nobody ends runs beside all later tests, and takes what the machine has few of.</summary>
    [Fact]
    public void A_test_ends_the_hosts_that_it_starts() =>
        Assert.Empty(
            from started in Repository.Nodes<LocalDeclarationStatementSyntax>("tests/ConfigEngine.Lab")
            where started.Node.Declaration.ToString().Contains("StartHostAsync(", StringComparison.Ordinal)
            where started.Node.UsingKeyword.IsKind(SyntaxKind.None)
            let names = started.Node.Declaration.Variables.Select(variable => variable.Identifier.ValueText).ToHashSet()
            where !(started.Node.FirstAncestorOrSelf<MethodDeclarationSyntax>()?.DescendantNodes().Any(node => Ends(node, names)) ?? false)
            select started.Place
        );

    /// <summary>A host is handed on, ended, or part of a lab of the test's own.</summary>
    static bool Ends(SyntaxNode node, HashSet<string> names) =>
        node switch
        {
            ReturnStatementSyntax { Expression: IdentifierNameSyntax returned } => names.Contains(returned.Identifier.ValueText),
            LocalDeclarationStatementSyntax { UsingKeyword.RawKind: (int)SyntaxKind.UsingKeyword } used => used.DescendantNodes()
                .OfType<IdentifierNameSyntax>()
                .Any(name => names.Contains(name.Identifier.ValueText)),
            ForEachStatementSyntax { Expression: IdentifierNameSyntax several } each => names.Contains(several.Identifier.ValueText)
                && each.Statement.ToString().Contains(".DisposeAsync()", StringComparison.Ordinal),
            InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "StartAsync" } } => true,
            _ => false,
        };

    /// <summary>But for text that stands as it is in a raw or verbatim string, such as a script: its lines are its own.</summary>
    [Fact]
    public void A_line_of_code_is_narrower_than_140_columns() =>
        Assert.Empty(
            Repository
                .Sources("src", "tests")
                .SelectMany(file =>
                {
                    var source = SourceText.From(System.IO.File.ReadAllText(file.Path));
                    var tooWide = source.Lines.Where(line => line.Span.Length >= TooWide).ToList();
                    if (tooWide.Count == 0)
                        return [];
                    var texts = CSharpSyntaxTree.ParseText(source).GetRoot().DescendantNodes().Where(IsTextAsItIs).ToList();
                    return tooWide
                        .Where(line => !texts.Exists(text => text.Span.IntersectsWith(line.Span)))
                        .Select(line => $"{file.Name}:{line.LineNumber + 1}: {line.Span.Length} columns");
                })
        );

    static bool IsTextAsItIs(SyntaxNode node) =>
        node is LiteralExpressionSyntax or InterpolatedStringExpressionSyntax && TextAsItIs().IsMatch(node.ToString());

    [Fact]
    public void Null_is_never_claimed_away() =>
        Assert.Empty(
            Repository
                .Nodes<PostfixUnaryExpressionSyntax>("src")
                .Where(one => one.Node.IsKind(SyntaxKind.SuppressNullableWarningExpression))
                .Select(one => $"{one.Place}: {one.Node}")
        );

    /// <summary>
    /// What a call means must be readable where it is made: an enumeration, a record of options, or two methods. Data may be true or
    /// false: members of records, and values of resources, which may be null.
    /// </summary>
    [Fact]
    public void No_method_has_a_boolean_parameter() =>
        Assert.Empty(
            Repository
                .Nodes<ParameterSyntax>("src")
                .Where(one =>
                    one.Node.Type is PredefinedTypeSyntax { Keyword.RawKind: (int)SyntaxKind.BoolKeyword }
                    && !one.Node.Modifiers.Any(modifier => modifier.Kind() is SyntaxKind.OutKeyword or SyntaxKind.RefKeyword)
                    && one.Node.Parent?.Parent is { } of
                    && !MayBeTold(of)
                )
                .Select(one => $"{one.Place}: {one.Node} of {Called(one.Node.Parent?.Parent)}")
        );

    static bool MayBeTold(SyntaxNode of) =>
        of switch
        {
            RecordDeclarationSyntax => true,
            // The only constructor of Share, a record, which its conversions call.
            ConstructorDeclarationSyntax { Parent: RecordDeclarationSyntax } => true,
            // A conversion has nothing but what it converts.
            ConversionOperatorDeclarationSyntax => true,
            // When(condition, …) is an if.
            MethodDeclarationSyntax { Identifier.Text: "When" } => true,
            // Dispose(bool) is the base library's, and what is declared elsewhere cannot be changed here.
            MethodDeclarationSyntax method => method.Modifiers.Any(SyntaxKind.OverrideKeyword)
                || method.Modifiers.Any(SyntaxKind.ExternKeyword),
            _ => false,
        };

    static string Called(SyntaxNode? of) =>
        of switch
        {
            MethodDeclarationSyntax method => method.Identifier.Text,
            TypeDeclarationSyntax type => type.Identifier.Text,
            _ => of?.ToString().Split('\n')[0] ?? "",
        };

    [Fact]
    public void A_warning_is_disabled_only_with_its_reason() =>
        Assert.Empty(Places(line => Pragma().IsMatch(line) && !line.Contains("//", StringComparison.Ordinal)));

    [Fact]
    public void Nothing_is_async_without_somebody_who_waits() => Assert.Empty(Places(AsyncVoid().IsMatch));

    /// <summary>A dollar sign matches before a line end too, so that a name with one after it would be taken.</summary>
    [Fact]
    public void An_expression_ends_where_the_text_ends() =>
        Assert.Empty(
            (
                (Type[])
                    [
                        typeof(Resource),
                        typeof(RecipeLoader),
                        typeof(ConfigEngine.Ssh.Connector),
                        typeof(ConfigEngine.Editor.LanguageServer),
                        typeof(ConfigEngine.Cli.Cfg),
                    ]
            )
                .SelectMany(type => type.Assembly.GetTypes())
                .SelectMany(type =>
                    type.GetMethods(BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public | BindingFlags.DeclaredOnly)
                )
                .Select(method =>
                    (Name: $"{method.DeclaringType}.{method.Name}", Expression: method.GetCustomAttribute<GeneratedRegexAttribute>())
                )
                .Where(one =>
                    one.Expression is { } expression
                    && !expression.Options.HasFlag(RegexOptions.Multiline)
                    && EscapedOrClass().Replace(expression.Pattern, "").Contains('$', StringComparison.Ordinal)
                )
                .Select(one => $"{one.Name}: {one.Expression?.Pattern}")
        );

    /// <summary>What a plan, a run or a page must know of a resource is a member of it, which it overrides itself.</summary>
    [Fact]
    public void Nothing_below_the_resources_names_one()
    {
        var names = AllResources.Types.Select(type => type.Name).Where(name => name is not "Command");
        Regex named = new($@"\b(is|as|case|not|or|typeof\()\s*({string.Join('|', names)})\b(?!Tests|Kind)|(?<![.\w])Resources\.[A-Z]");
        Assert.Matches(named, "entry is { Resource: Resources.Reboot }");
        Assert.Empty(
            ((string[])["Values", "HostShell", "HostFacts", "Model", "Planning", "Applying", "Rendering"])
                .SelectMany(layer => Repository.Sources($"src/ConfigEngine/{layer}"))
                .SelectMany(file =>
                    System
                        .IO.File.ReadLines(file.Path)
                        .Where(line => !line.TrimStart().StartsWith("//", StringComparison.Ordinal) && named.IsMatch(line))
                        .Select(line => $"{file.Name}: {line.Trim()}")
                )
        );
    }

    [Fact]
    public void The_recipes_of_the_house_load()
    {
        RecipeLoader loader = new(new() { CacheDirectory = null, Trusted = [Repository.At("")] });
        string[] recipes =
        [
            Repository.At("infra.csx"),
            .. System.IO.Directory.EnumerateFiles(Repository.At("recipes"), "*.csx").Order(StringComparer.Ordinal),
        ];

        Assert.All(
            recipes,
            recipe =>
            {
                var loaded = loader.Load(recipe, CancellationToken.None);
                Engine.Check(loaded.Catalog, loaded.Inventory);
            }
        );
    }

    [Fact]
    public void The_public_API_of_the_core() => Snapshot.Verify(PublicApi(typeof(Resource).Assembly));

    [Fact]
    public void The_public_API_of_the_other_assemblies() =>
        Snapshot.Verify(
            string.Concat(
                (
                    (Type[])
                        [
                            typeof(ConfigEngine.Ssh.Connector),
                            typeof(ConfigEngine.Ssh.Native.NativeConnector),
                            typeof(RecipeLoader),
                            typeof(Snapshot),
                            typeof(ConfigEngine.Local.Trust),
                            typeof(ConfigEngine.Editor.LanguageServer),
                            typeof(ConfigEngine.Cli.Cfg),
                        ]
                ).Select(type => $"# {type.Assembly.GetName().Name}\n\n{PublicApi(type.Assembly)}\n")
            )
        );

    /// <summary>What an assembly lets others use, as C#: a change of it shows in review.</summary>
    static string PublicApi(Assembly assembly) =>
        assembly.GeneratePublicApi(new ApiGeneratorOptions { IncludeAssemblyAttributes = false }).ReplaceLineEndings("\n") + "\n";

    static IEnumerable<string> Places(Func<string, bool> isWrong) =>
        Repository
            .Sources("src", "tests")
            .SelectMany(file => System.IO.File.ReadLines(file.Path).Select((text, i) => (Place: $"{file.Name}:{i + 1}", Text: text)))
            .Where(line => isWrong(line.Text))
            .Select(line => $"{line.Place}: {line.Text.Trim()}");

    [GeneratedRegex(@"\\.|\[\^?\]?(\\.|[^\]\\])*\]")]
    private static partial Regex EscapedOrClass();

    [GeneratedRegex("""^(\$*"{3}|\$?@|@\$)""")]
    private static partial Regex TextAsItIs();

    [GeneratedRegex(@"#pragma\s+warning\s+disable")]
    private static partial Regex Pragma();

    [GeneratedRegex(@"\basync\s+void\b")]
    private static partial Regex AsyncVoid();
}
