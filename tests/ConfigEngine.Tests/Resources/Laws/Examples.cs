using ConfigEngine.Tests.Scripting;

namespace ConfigEngine.Tests.Resources;

/// <summary>
/// The examples of the doc comments, compiled as a recipe: all in one script, and each alone where that does not compile.
/// </summary>
static class Examples
{
    static readonly Lazy<Dictionary<Type, Result>> All = new(Compile);

    public static Resource Of(Type type) =>
        All.Value.TryGetValue(type, out var result)
            ? result.Resource ?? throw new InvalidOperationException($"The example of {type.Name}: {result.Problem}")
            : throw new InvalidOperationException($"{type.Name} has no <example><code>.");

    /// <summary>What is wrong with code that belongs to no resource type, such as the example of a value.</summary>
    public static string? ProblemOf(string code)
    {
        using RecipeFolder folder = new();
        try
        {
            folder.Run($"Hosts(new Host(\"web1\"), new Host(\"db1\"));\nGroup(\"web\", \"web1\");\n{code}\n");
            return null;
        }
        catch (RecipeException error)
        {
            return folder.Shown(error);
        }
    }

    static Dictionary<Type, Result> Compile()
    {
        List<(Type Type, string Code)> examples =
        [
            .. AllResources
                .Types.Select(type => (Type: type, Code: AllResources.Docs.Example(type)))
                .Where(example => example.Code is not null)
                .Select(example => (example.Type, example.Code ?? "")),
        ];
        try
        {
            return examples
                .Zip(Load(examples.Select(example => example.Code)))
                .ToDictionary(pair => pair.First.Type, pair => new Result(pair.Second, null));
        }
        catch (Exception error) when (error is RecipeException or InvalidDataException)
        {
            return examples.ToDictionary(example => example.Type, example => Alone(example.Code));
        }
    }

    static Result Alone(string code)
    {
        try
        {
            return new(Load([code])[0], null);
        }
        catch (Exception error) when (error is RecipeException or InvalidDataException)
        {
            return new(null, error.Message);
        }
    }

    // One block each, so that it is known which resource is whose.
    static List<Resource> Load(IEnumerable<string> examples)
    {
        using RecipeFolder folder = new()
        {
            Secrets = new() { Variable = name => $"a stand-in for {name}", DigestKey = () => new byte[32] },
        };
        var recipe = folder.Run(string.Concat(examples.Select(code => $"On(\"all\",\n{code.TrimEnd(';')}\n);\n")));
        return
        [
            .. recipe.Catalog.Blocks.Select(block =>
                block.Fixed is [var only] ? only : throw new InvalidDataException("an example is one resource")
            ),
        ];
    }

    sealed record Result(Resource? Resource, string? Problem);
}
