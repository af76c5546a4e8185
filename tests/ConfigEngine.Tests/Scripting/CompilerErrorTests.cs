namespace ConfigEngine.Tests.Scripting;

public sealed class CompilerErrorTests : IDisposable
{
    readonly RecipeFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void An_error_has_its_place_number_and_words() =>
        Assert.Equal(
            "site.csx(1,9): CS0029: Cannot implicitly convert type 'string' to 'int'\n  hint: write the number without quotes",
            folder.ErrorOf("int x = \"a\";")
        );

    [Fact]
    public void Columns_are_those_of_the_text_as_it_was_written() =>
        Assert.StartsWith(
            "site.csx(1,60): CS0117",
            folder.ErrorOf("On(\"web\", new Package(\"a\"), new SystemdUnit(\"b.service\") { Enable = true });")
        );

    [Fact]
    public void Several_errors_are_sorted_by_place_and_a_hint_is_given_once() =>
        Assert.Equal(
            """
            site.csx(1,9): CS0029: Cannot implicitly convert type 'string' to 'int'
              hint: write the number without quotes
            site.csx(2,9): CS0029: Cannot implicitly convert type 'string' to 'int'
            site.csx(3,1): CS0103: The name 'Onn' does not exist in the current context
              hint: did you mean On?
            """,
            folder.ErrorOf("int x = \"a\";\nint y = \"b\"; int z = \"echo\";\nOnn(\"web\");")
        );

    [Fact]
    public void Only_the_first_ten_errors_are_shown()
    {
        var error = folder.ErrorOf(string.Concat(Enumerable.Range(1, 14).Select(i => $"int x{i} = \"a\";\n")));
        Assert.Contains("site.csx(10,", error, StringComparison.Ordinal);
        Assert.DoesNotContain("site.csx(11,", error, StringComparison.Ordinal);
        Assert.EndsWith("\nand 4 more", error);
    }

    [Fact]
    public void The_place_is_there_for_programs_too()
    {
        folder["site.csx"] = "\nint x = \"a\";";
        var error = Assert.Throws<RecipeException>(() => folder.Load());
        Assert.Equal(2, error.At?.Line);
    }

    [Fact]
    public void Deep_nesting_is_an_error_and_not_the_end_of_the_process() =>
        Assert.StartsWith("site.csx(1,", folder.ErrorOf($"var x = {new string('(', 2_000)}1;"));
}
