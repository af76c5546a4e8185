using System.Text;

namespace ConfigEngine.Tests.Scripting;

public sealed class GarbageTests : IDisposable
{
    static readonly string[] Pieces =
    [
        "On(",
        "\"web\"",
        ",",
        "new ",
        "Package",
        "(",
        ")",
        "{",
        "}",
        "[",
        "]",
        ";",
        "=",
        "=>",
        "host",
        "\n",
        " ",
        "File",
        "Content",
        "$\"",
        "\"",
        "'",
        "\"\"\"",
        "#load ",
        "#r ",
        "#if X",
        "#line 1 \"x\"",
        "#line (1, 1) - (2, 2) \"y\"",
        "/*",
        "*/",
        "//",
        "@",
        "0644",
        "with",
        "async",
        "await",
        "record R : Resource<R>",
        "<",
        ">",
        "é",
        "\t",
        "\r",
        "\0",
        "null",
        "throw",
        "class",
        "var x",
        "return",
        "using System.IO;",
        "namespace N",
        "yield",
        "goto",
        "-",
        ":",
        "\\",
        "🦊",
        "Source",
        "new()",
        "On",
        "At",
        "int.Parse(\"x\")",
        "Local(\"x\")",
    ];

    readonly RecipeFolder folder = new() { Limit = TimeSpan.FromSeconds(5) };

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Whatever_a_script_says_the_only_error_is_that_of_a_recipe(int seed)
    {
        Random random = new(seed);
        for (var i = 0; i < 60; i++)
        {
            var recipe = string.Concat(Enumerable.Range(0, random.Next(1, 30)).Select(_ => Pieces[random.Next(Pieces.Length)]));
            OnlyRecipeErrors(Encoding.UTF8.GetBytes(recipe));
        }
    }

    [Fact]
    public void Whatever_bytes_a_script_has_the_only_error_is_that_of_a_recipe()
    {
        Random random = new(5);
        for (var i = 0; i < 100; i++)
        {
            var bytes = new byte[random.Next(1, 200)];
            random.NextBytes(bytes);
            OnlyRecipeErrors(bytes);
        }
    }

    [Fact]
    public void Whatever_is_cut_from_a_good_recipe_the_only_error_is_that_of_a_recipe()
    {
        const string Good =
            "#load \"lib.csx\"\nvar a = new SystemdUnit(\"a.service\") { Running = true };\nOn(\"web\", host => [new File(\"/x\") { "
            + "Content = $\"{host.Name}\", Notifies = [a.Restart] }, a]);\n";
        folder["lib.csx"] = "";
        Random random = new(6);
        for (var i = 0; i < 150; i++)
        {
            var from = random.Next(Good.Length);
            OnlyRecipeErrors(Encoding.UTF8.GetBytes(Good.Remove(from, Math.Min(random.Next(1, 12), Good.Length - from))));
        }
    }

    void OnlyRecipeErrors(byte[] recipe)
    {
        System.IO.File.WriteAllBytes(folder["site.csx"], recipe);
        try
        {
            folder.Load();
        }
        catch (RecipeException error)
        {
            Assert.DoesNotContain("defect", error.Message, StringComparison.Ordinal);
        }
        catch (Exception error)
        {
            Assert.Fail($"{error.GetType()} from: {Encoding.UTF8.GetString(recipe)}\n{error}");
        }
    }
}
