namespace ConfigEngine.Scripting;

/// <summary>A place in a script that a run may pass or not: one of the ways that it can go there.</summary>
/// <param name="File">The script, as messages show it.</param>
/// <param name="Line">The line, from 1.</param>
/// <param name="Column">The column, from 1.</param>
/// <param name="Way">The way.</param>
/// <param name="Code">The code that decides, or the name of a function.</param>
sealed record Branch(string File, int Line, int Column, Way Way, string Code)
{
    /// <summary>The characters that decide, from the beginning of the script.</summary>
    public required Reach Own { get; init; }

    /// <summary>The characters that are run only on this way; empty where there are none.</summary>
    public Reach Arm { get; init; }

    /// <summary>Whether the way leads to an error and nowhere else, so that no test that passes can show it.</summary>
    public bool IsError { get; init; }

    /// <summary>Whether other ones say all that this one says, where this one was never gone.</summary>
    public bool IsSaidBy(Branch other) => other.Own != Own && (other.Arm.Has(Own) || (other.IsWhole && other.Own.Has(Own)));

    /// <summary>Whether it is a whole condition, whose parts are branches, too.</summary>
    public bool IsWhole { get; init; }
}

/// <summary>Some characters of a script.</summary>
/// <param name="Start">The first.</param>
/// <param name="End">The first after them.</param>
readonly record struct Reach(int Start, int End)
{
    /// <summary>Whether others are among them.</summary>
    public bool Has(Reach other) => Start <= other.Start && other.End <= End;
}

/// <summary>The ways that code can go.</summary>
enum Way
{
    /// <summary>A condition is true.</summary>
    True,

    /// <summary>A condition is false.</summary>
    False,

    /// <summary>What stands before <c>??</c> is null.</summary>
    Null,

    /// <summary>What stands before <c>??</c> is not null.</summary>
    NotNull,

    /// <summary>An arm of a <c>switch</c> is taken.</summary>
    Arm,

    /// <summary>The body of a loop runs.</summary>
    Loop,

    /// <summary>A function is called.</summary>
    Function,

    /// <summary>A lambda is called.</summary>
    Lambda,

    /// <summary>An exception is caught.</summary>
    Catch,
}
