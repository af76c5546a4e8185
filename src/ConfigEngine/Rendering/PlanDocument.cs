using System.ComponentModel;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace ConfigEngine.Rendering;

/// <summary>
/// A plan as JSON: <c>cfg plan --json</c> prints it, <c>--out</c> saves it and <c>cfg schema plan</c> describes it.
/// </summary>
[Description("A plan of cfg: what would change on which hosts.")]
sealed record PlanDocument
{
    /// <summary>The version of this format that this engine writes and reads.</summary>
    public const int CurrentFormat = 3;

    /// <summary>The version of the format: it grows when a reader of an older version would misread it.</summary>
    [Description("The version of this format; it grows when a reader of an older one would misread it.")]
    public required int FormatVersion { get; init; }

    /// <summary>The version of cfg that made the plan.</summary>
    [Description("The version of cfg that made the plan.")]
    public required string Cfg { get; init; }

    /// <summary>The build of cfg that made the plan; the scripts for hosts are part of a build.</summary>
    [Description("Which build of cfg that was, as one digest over the assemblies that what is run on hosts comes from.")]
    public required string Build { get; init; }

    /// <summary>The recipe.</summary>
    [Description("The recipe that the plan is of.")]
    public required RecipeDocument Recipe { get; init; }

    /// <summary>The hosts and resources that were chosen on the command line.</summary>
    [Description("Which hosts and resources were chosen on the command line.")]
    public required SelectionDocument Selection { get; init; }

    /// <summary>The hosts, in order of the inventory.</summary>
    [Description("The hosts, in order of the inventory.")]
    public required IReadOnlyList<HostDocument> Hosts { get; init; }

    /// <summary>The blocks that are rolled out batch by batch.</summary>
    [Description("The blocks that are brought to their hosts batch by batch, and how many hosts may fail before the rest is not begun.")]
    public IReadOnlyList<RolloutPlan> Rollouts
    {
        get => field ?? [];
        init;
    }

    /// <summary>The blocks with changes that wait for changes of other hosts.</summary>
    [Description("The blocks with changes that begin when other blocks are finished on all their hosts.")]
    public IReadOnlyList<BlockWait> Waits
    {
        get => field ?? [];
        init;
    }

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

/// <summary>A file that is part of a plan.</summary>
/// <param name="Path">Its path.</param>
/// <param name="Sha256">Its digest, in hexadecimal.</param>
sealed record FileDocument(string Path, string Sha256);

/// <summary>The choices on the command line.</summary>
sealed record SelectionDocument
{
    /// <summary>The selector of hosts; null when it was not given.</summary>
    [Description("--on: a selector of hosts.")]
    public string? On { get; init; }

    /// <summary>The one host; null when it was not given.</summary>
    [Description("--host: the one host that every block was planned for.")]
    public string? Host { get; init; }

    /// <summary>Whether it is for this machine.</summary>
    [Description("--local: this machine, without ssh.")]
    public bool Local { get; init; }

    /// <summary>The resources that it is for; all when empty.</summary>
    [Description("--only: the addresses or keys of the resources that were planned, or patterns of them; all when there are none.")]
    public IReadOnlyList<string> Only
    {
        get => field ?? [];
        init;
    }

    /// <summary>The resources that are left out.</summary>
    [Description("--skip: the addresses or keys of resources that were left out, or patterns of them.")]
    public IReadOnlyList<string> Skip
    {
        get => field ?? [];
        init;
    }

    /// <summary>Whether sudo was requested on the command line.</summary>
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

    /// <summary>The obstacles; none if the host could be planned.</summary>
    [Description(
        "What keeps single resources from being changed: nothing is done on the host until it is solved. Their changes are not among "
            + "the changes."
    )]
    public IReadOnlyList<ObstacleDocument> Obstacles
    {
        get => field ?? [];
        init;
    }

    /// <summary>The changes, in order.</summary>
    [Description("What would change, in order; verb \"recheck\" is what is up to date and will be looked at again.")]
    public required IReadOnlyList<ChangeDocument> Changes { get; init; }

    /// <summary>The handlers that would run, in order.</summary>
    [Description("The handlers that would run, in order.")]
    public required IReadOnlyList<HandlerDocument> Handlers { get; init; }

    /// <summary>The handlers that earlier runs left owed and that this recipe does not have.</summary>
    [Description("Handlers that earlier runs left pending and that nothing in this recipe calls for: they stay pending.")]
    public IReadOnlyList<OwedDocument> Owed
    {
        get => field ?? [];
        init;
    }

    /// <summary>The run that was changing the host while it was planned; null if there was none.</summary>
    [Description("Who was changing the host while it was planned; null when nobody was.")]
    public string? ChangedBy { get; init; }
}

/// <summary>A handler that is owed on a host.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Because">The resources whose change notified it.</param>
/// <param name="Since">When it was first notified.</param>
/// <param name="Run">The run of that change.</param>
/// <param name="By">The user of that run.</param>
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

    /// <summary>The kind of change.</summary>
    public required Verb Verb { get; init; }

    /// <summary>How sure the plan is of it.</summary>
    public required Certainty Certainty { get; init; }

    /// <summary>Why it is not exact.</summary>
    [Description("Why it is not exact; null when it is.")]
    public string? Because { get; init; }

    /// <summary>The attributes that differ.</summary>
    public required IReadOnlyList<AttributeDocument> Attributes { get; init; }

    /// <summary>The operations, as plans show them.</summary>
    [Description("What will be done, in order, as plans show it.")]
    public required IReadOnlyList<string> Operations { get; init; }

    /// <summary>How the operations are run; null where they are run as always.</summary>
    [Description("How they are run, as plans show it: as whom, how often, until what; not written where they are run as always.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? How { get; init; }

    /// <summary>A digest of everything that is run; null outside a plan.</summary>
    [Description(
        "SHA-256 over what will be run: the scripts of the operations in full, what they read unless that is secret, as whom, and what "
            + "must succeed afterwards."
    )]
    public string? Runs { get; init; }

    /// <summary>Its other effects.</summary>
    [Description(
        "What it does besides: what comes along, what is removed or lost, what cuts the connection. Of a recheck, what it would do."
    )]
    public IReadOnlyList<EffectDocument> Effects
    {
        get => field ?? [];
        init;
    }

    /// <summary>Notes for the reader.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    /// <summary>What is so at the moment and may pass; null where there is nothing to say.</summary>
    [Description(
        "What was so when it was planned and may pass, such as who uses a mount. A saved plan holds also when that has changed. Not "
            + "written where there is nothing to say."
    )]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Current { get; init; }

    /// <summary>The handlers that it notifies.</summary>
    [Description("The names of the handlers that it calls for.")]
    public required IReadOnlyList<string> Notifies { get; init; }

    /// <summary>Where it was declared.</summary>
    public SourceDocument? Source { get; init; }
}

/// <summary>An obstacle of a resource.</summary>
/// <param name="Address">The resource's kind and key.</param>
/// <param name="Message">The obstacle, and what to do about it.</param>
sealed record ObstacleDocument(string Address, string Message);

/// <summary>An effect that a change has besides its resource.</summary>
/// <param name="Kind">The kind of effect.</param>
/// <param name="What">The thing that it affects: a package, a unit, a path.</param>
/// <param name="Detail">Details, for people; null where there are none.</param>
sealed record EffectDocument(EffectKind Kind, string What, string? Detail)
{
    /// <summary>Whether the attributes of its change show it already.</summary>
    [Description("Whether the attributes of its change say it already; not written where they do not.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool InAttributes { get; init; }
}

/// <summary>One attribute that differs.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Before">The actual value.</param>
/// <param name="After">The desired value.</param>
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
/// <param name="Block">The block that ends with it, from 1.</param>
/// <param name="Name">Its name.</param>
/// <param name="Script">The script that it runs.</param>
/// <param name="Because">The resources whose change notifies it.</param>
/// <param name="Certainty">How sure the plan is of it.</param>
/// <param name="OwedSince">Since when an earlier run owes it; null if only this run notifies it.</param>
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
    /// <summary>How many more restarts there are if changes are made that are not certain.</summary>
    public int PossibleRestarts { get; init; }

    /// <summary>How many more reboots there are in that case.</summary>
    public int PossibleReboots { get; init; }

    /// <summary>The changes that may cut connections; the host undoes them if they do.</summary>
    public IReadOnlyList<string> MayCutConnections
    {
        get => field ?? [];
        init;
    }
}
