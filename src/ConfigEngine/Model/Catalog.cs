namespace ConfigEngine.Model;

/// <summary>What a recipe declares: the hosts, and the resources for them. A script produces nothing else.</summary>
public sealed class Catalog
{
    readonly List<RecipeBlock> blocks = [];
    readonly List<IExpectation> expectations = [];

    /// <summary>The hosts and groups that the script itself declared.</summary>
    public Inventory Inventory { get; } = new();

    /// <summary>The blocks, in order.</summary>
    public IReadOnlyList<RecipeBlock> Blocks => blocks;

    /// <summary>The rules for its plans: those of the scripts that were run for it.</summary>
    internal IReadOnlyList<Policy> Policies { get; private set; } = [];

    /// <summary>What tests expect of plans, in order.</summary>
    internal IReadOnlyList<IExpectation> Expectations => expectations;

    /// <summary>Runs the recipe's code that makes resources for one host; when null, that code is called directly.</summary>
    internal IRecipeCode? Code { get; init; }

    /// <summary>
    /// Whether its code may ask hosts questions. It is then run once before there are facts, to learn the questions.
    /// </summary>
    public bool Asks { get; init; }

    internal void Add(params IReadOnlyList<Policy> policies) => Policies = [.. Policies, .. policies];

    internal void Add(IExpectation expectation) => expectations.Add(expectation);

    internal RecipeBlock Add(Target target, SourceLine? source, IReadOnlyList<IDeclaration> declarations)
    {
        IReadOnlyList<Resource> resources = [.. Recipe.ResourcesOf(declarations)];
        foreach (var resource in resources)
            Check(resource);
        Declare(target);
        RecipeBlock block = new(blocks.Count + 1, target, source, _ => resources) { Fixed = resources };
        blocks.Add(block);
        return block;
    }

    internal RecipeBlock Add(Target target, SourceLine? source, Func<HostView, IEnumerable<IDeclaration>> declare)
    {
        Declare(target);
        RecipeBlock block = new(blocks.Count + 1, target, source, host => Checked(declare(host)));
        blocks.Add(block);
        return block;
    }

    /// <summary>Throws if a declaration is wrong in itself.</summary>
    /// <exception cref="RecipeException">The declaration is wrong; the error has the place and the reason.</exception>
    public static void Check(Resource resource)
    {
        // A value that is not known yet is checked when it is known.
        List<string> problems = Unknowns.Of(resource).Count > 0 ? [] : [.. resource.Problems, .. Unsendable(resource)];
        if (resource.Key.Length == 0)
            problems.Add("its name is empty");
        if (resource.As is { } user && !Names.IsUser(user))
            problems.Add($"As = \"{Text.Excerpt(user)}\" is not a valid name for a user");
        if (problems.Count > 0)
            throw new RecipeException($"{resource.Address}: {string.Join("; ", problems.Select(Text.Sentence))}", resource.Source);
    }

    /// <summary>Texts that no command and no file name can contain.</summary>
    static IEnumerable<string> Unsendable(Resource resource)
    {
        foreach (var property in StateProperties.Of(resource.GetType()).Where(property => property.CanWrite))
        {
            var value = property.GetValue(resource);

            // Secret content is not read yet.
            if (value is Content { IsSecret: false } content && !content.IsEncodable)
                yield return $"{property.Name} holds half a character (a lone surrogate)";
            foreach (var text in Texts(value))
            {
                if (text.Contains('\0', StringComparison.Ordinal))
                    yield return $"{property.Name} holds a NUL character";
                if (Text.HasHalf(text))
                    yield return $"{property.Name} holds half a character (a lone surrogate)";
            }
        }
    }

    /// <summary>The texts in a property: a single text, a list, or variables.</summary>
    static IEnumerable<string> Texts(object? value) =>
        value switch
        {
            string text => [text],
            IEnumerable<string> texts => texts,
            IEnumerable<KeyValuePair<string, string>> variables => variables.SelectMany(variable =>
                (string[])[variable.Key, variable.Value]
            ),
            _ => [],
        };

    static IEnumerable<IDeclaration> Checked(IEnumerable<IDeclaration> declarations)
    {
        foreach (var resource in Recipe.ResourcesOf(declarations))
        {
            Check(resource);
            yield return resource;
        }
    }

    /// <summary>A block's resources for one host; null where its code needs an answer or a fact that is not known yet.</summary>
    internal IReadOnlyList<Resource>? ResourcesOf(RecipeBlock block, HostView host, CancellationToken ct)
    {
        return block.Fixed is null && Code is { } code ? code.Run(Resources, "the resources for a host", block.Source, ct) : Resources();

        IReadOnlyList<Resource>? Resources()
        {
            try
            {
                return block.ResourcesFor(host);
            }
            catch (Exception thrown) when (thrown is NotYetException || host.IsRehearsal)
            {
                return null;
            }
        }
    }

    void Declare(Target target)
    {
        if (target is Host host)
            Inventory.Add(host);
        else if (target is Group group)
            Inventory.Add(group);
    }
}
