// It is loaded with a recipe whose branches are to be seen; Taps writes the calls into the recipe.

/// <summary>Notes the ways that the code of a recipe goes, each by its number.</summary>
static class CfgBranches_
{
    /// <summary>The ways that it went; cfg makes the list before the recipe runs.</summary>
    public static bool[] Taken = [];

    public static bool At(int way) => Taken[way] = true;

    public static bool Then(int yes, int no, bool value)
    {
        At(value ? yes : no);
        return value;
    }

    public static Known<bool> Then(int yes, int no, Known<bool> value)
    {
        if (value.IsKnown)
            At(value.Value ? yes : no);
        return value;
    }

    public static T Or<T>(int isNull, int isNot, T value)
    {
        At(value is null ? isNull : isNot);
        return value;
    }
}
