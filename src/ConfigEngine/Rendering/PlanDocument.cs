using System.ComponentModel;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace ConfigEngine.Rendering;

/// <summary>A plan as JSON: what <c>cfg plan --json</c> prints, <c>--out</c> saves and <c>cfg schema plan</c> describes.</summary>
[Description("A plan of cfg: what would change on which hosts.")]
sealed record PlanDocument
{
    /// <summary>The version of this format that this engine writes and reads.</summary>
    public const int CurrentFormat = 3;

    /// <summary>The version of the format: it grows when a reader of an older one would misread it.</summary>
    [Description("The version of this format; it grows when a reader of an older one would misread it.")]
    public required int FormatVersion { get; init; }

    /// <summary>The version of cfg that made the plan.</summary>
    [Description("The version of cfg that made the plan.")]
    public required string Cfg { get; init; }

    /// <summary>Which build of cfg that was: what it runs on hosts is part of it.</summary>
    [Description("Which build of cfg that was, as one digest over the assemblies that what is run on hosts comes from.")]
    public required string Build { get; init; }

    /// <summary>The recipe.</summary>
    [Description("The recipe that the plan is of.")]
    public required RecipeDocument Recipe { get; init; }

    /// <summary>Which hosts and resources were chosen on the command line.</summary>
    [Description("Which hosts and resources were chosen on the command line.")]
    public required SelectionDocument Selection { get; init; }

    /// <summary>The hosts, in order of the inventory.</summary>
    [Description("The hosts, in order of the inventory.")]
    public required IReadOnlyList<HostDocument> Hosts { get; init; }

    /// <summary>The blocks that come to their hosts batch by batch.</summary>
    [Description("The blocks that are brought to their hosts batch by batch, and how many hosts may fail before the rest is not begun.")]
    public IReadOnlyList<RolloutPlan> Rollouts { get; init; } = [];

    /// <summary>The counts.</summary>
    [Description("The plan in numbers.")]
    public required SummaryDocument Summary { get; init; }
}

/// <summary>The recipe of a plan.</summary>
sealed record RecipeDocument
{
    /// <summary>The recipe's path.</summary>
    [Description("The recipe's path, as it was given.")]
    public required string Path { get; init; }

    /// <summary>One digest over every file that was loaded.</summary>
    [Description("SHA-256 over all scripts: the recipe, what it loads, and the inventory.")]
    public required string Digest { get; init; }

    /// <summary>The files.</summary>
    [Description("Every file that went into the plan: scripts, and files beside them.")]
    public required IReadOnlyList<FileDocument> Files { get; init; }
}

/// <summary>A file that went into a plan.</summary>
/// <param name="Path">Its path.</param>
/// <param name="Sha256">Its digest, in hexadecimal.</param>
sealed record FileDocument(string Path, string Sha256);

/// <summary>What the command line chose.</summary>
sealed record SelectionDocument
{
    /// <summary>The selector of hosts; null when it was not given.</summary>
    [Description("--on: a selector of hosts.")]
    public string? On { get; init; }

    /// <summary>The one host; null when it was not given.</summary>
    [Description("--host: the one host that every block was planned for.")]
    public string? Host { get; init; }

    /// <summary>Whether this machine was meant.</summary>
    [Description("--local: this machine, without ssh.")]
    public bool Local { get; init; }

    /// <summary>The resources that it is for; all when empty.</summary>
    [Description("--only: the addresses or keys of the resources that were planned, or patterns of them; all when there are none.")]
    public IReadOnlyList<string> Only { get; init; } = [];

    /// <summary>The resources that it is not for.</summary>
    [Description("--skip: the addresses or keys of resources that were left out, or patterns of them.")]
    public IReadOnlyList<string> Skip { get; init; } = [];

    /// <summary>Whether sudo was asked for on the command line.</summary>
    [Description("--become: sessions became root with sudo.")]
    public bool Become { get; init; }
}

/// <summary>One host of a plan.</summary>
sealed record HostDocument
{
    /// <summary>Its name in the inventory.</summary>
    [Description("Its name in the inventory.")]
    public required string Name { get; init; }

    /// <summary>Its distribution.</summary>
    [Description("Its distribution, for people.")]
    public string? System { get; init; }

    /// <summary>Why it could not be planned; null when it could.</summary>
    [Description("Why it could not be planned; null when it could.")]
    public string? Error { get; init; }

    /// <summary>What stands in the way; none where the host could be planned.</summary>
    [Description(
        "What stands in the way of single resources: nothing is done on the host until it is gone. Their changes are not among "
            + "the changes."
    )]
    public IReadOnlyList<ObstacleDocument> Obstacles { get; init; } = [];

    /// <summary>What would change, in order.</summary>
    [Description("What would change, in order; verb \"recheck\" is what is as it should be and will be looked at again.")]
    public required IReadOnlyList<ChangeDocument> Changes { get; init; }

    /// <summary>The handlers that would run, in order.</summary>
    [Description("The handlers that would run, in order.")]
    public required IReadOnlyList<HandlerDocument> Handlers { get; init; }

    /// <summary>What earlier runs left owing that this recipe does not know.</summary>
    [Description("Handlers that earlier runs left owing and that nothing in this recipe calls for: they stay owed.")]
    public IReadOnlyList<OwedDocument> Owed { get; init; } = [];

    /// <summary>Who was changing the host while it was planned; null when nobody was.</summary>
    [Description("Who was changing the host while it was planned; null when nobody was.")]
    public string? ChangedBy { get; init; }
}

/// <summary>A handler that is owed on a host.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Because">The resources whose change called for it.</param>
/// <param name="Since">Since when.</param>
/// <param name="Run">By which run.</param>
/// <param name="By">Whose run that was.</param>
sealed record OwedDocument(string Name, IReadOnlyList<string> Because, DateTimeOffset Since, string Run, string By);

/// <summary>One change.</summary>
sealed record ChangeDocument
{
    /// <summary>The block it belongs to, from 1; null outside a plan.</summary>
    [Description("The block of the recipe that it belongs to, from 1.")]
    public int? Block { get; init; }

    /// <summary>The resource's kind.</summary>
    [Description("The resource's kind, such as \"file\".")]
    public required string Kind { get; init; }

    /// <summary>The resource's key.</summary>
    [Description("What the resource is called among others of its kind.")]
    public required string Key { get; init; }

    /// <summary>What sort of change.</summary>
    public required Verb Verb { get; init; }

    /// <summary>How sure it is.</summary>
    public required Certainty Certainty { get; init; }

    /// <summary>Why it is not exact.</summary>
    [Description("Why it is not exact; null when it is.")]
    public string? Because { get; init; }

    /// <summary>What differs.</summary>
    public required IReadOnlyList<AttributeDocument> Attributes { get; init; }

    /// <summary>What will be done, as plans show it.</summary>
    [Description("What will be done, in order, as plans show it.")]
    public required IReadOnlyList<string> Operations { get; init; }

    /// <summary>A digest of what will be run; null outside a plan.</summary>
    [Description(
        "SHA-256 over what will be run: the scripts of the operations in full, what they read unless that is secret, as whom, and what "
            + "must succeed afterwards."
    )]
    public string? Runs { get; init; }

    /// <summary>What it does besides.</summary>
    [Description(
        "What it does besides: what comes along, what is removed or lost, what cuts the connection. Of a recheck, what it would do."
    )]
    public IReadOnlyList<EffectDocument> Effects { get; init; } = [];

    /// <summary>What else there is to know.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    /// <summary>The handlers it calls for.</summary>
    [Description("The names of the handlers that it calls for.")]
    public required IReadOnlyList<string> Notifies { get; init; }

    /// <summary>Where it was declared.</summary>
    public SourceDocument? Source { get; init; }
}

/// <summary>What stands in the way of a resource.</summary>
/// <param name="Address">The resource's kind and key.</param>
/// <param name="Message">What it is, and what to do about it.</param>
sealed record ObstacleDocument(string Address, string Message);

/// <summary>Something that a change does besides making its resource so.</summary>
/// <param name="Kind">What sort of thing.</param>
/// <param name="What">To what: a package, a unit, a path.</param>
/// <param name="Detail">More about it, for people; null where there is nothing more to say.</param>
sealed record EffectDocument(EffectKind Kind, string What, string? Detail)
{
    /// <summary>Whether the attributes of its change say it already.</summary>
    [Description("Whether the attributes of its change say it already; not written where they do not.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool InAttributes { get; init; }
}

/// <summary>One attribute that differs.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Before">What it is.</param>
/// <param name="After">What it should be.</param>
sealed record AttributeDocument(
    string Name,
    [property: Description(
        "A boolean, number, string or array by the attribute's type; {length, sha256, text} for content; {unknown: true} for what only "
            + "the host can tell; {secret: true, digest} for content that is not shown, by a digest that is keyed with a key of the "
            + "user who planned; null for what is not there."
    )]
        JsonNode? Before,
    [property: Description("As before.")] JsonNode? After
);

/// <summary>A place in a script.</summary>
/// <param name="File">The script.</param>
/// <param name="Line">The line, from 1.</param>
/// <param name="Column">The column, from 1; 0 when it is not known.</param>
sealed record SourceDocument(string File, int Line, int Column);

/// <summary>A handler that would run.</summary>
/// <param name="Block">The block at whose end, from 1.</param>
/// <param name="Name">Its name.</param>
/// <param name="Script">What it runs.</param>
/// <param name="Because">The resources whose change calls for it.</param>
/// <param name="Certainty">How sure it is.</param>
/// <param name="OwedSince">Since when it is owed by an earlier run; null when only this one calls for it.</param>
sealed record HandlerDocument(
    int Block,
    string Name,
    string Script,
    IReadOnlyList<string> Because,
    Certainty Certainty,
    DateTimeOffset? OwedSince = null
)
{
    /// <summary>The service that it restarts; null where it restarts none.</summary>
    [Description("The service that it restarts; null where it restarts none.")]
    public string? Restarts { get; init; }

    /// <summary>Whether it reboots the host.</summary>
    [Description("Whether it reboots the host.")]
    public bool Reboots { get; init; }
}

/// <summary>A plan in numbers.</summary>
sealed record SummaryDocument(
    int Hosts,
    int Failed,
    int Changes,
    int Exact,
    int Predicted,
    int Unknown,
    int Unchanged,
    int Restarts,
    int OtherHandlers,
    int Reboots,
    IReadOnlyList<string> CutsConnections
)
{
    /// <summary>How many more restarts there are if changes are made that are not sure.</summary>
    public int PossibleRestarts { get; init; }

    /// <summary>How many more reboots there are then.</summary>
    public int PossibleReboots { get; init; }

    /// <summary>What may cut connections, and is undone by the host where it does.</summary>
    public IReadOnlyList<string> MayCutConnections { get; init; } = [];
}
