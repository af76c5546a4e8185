namespace ConfigEngine.Editor;

/// <summary>Makes the first completion quick: what it needs is loaded while the user still reads.</summary>
static class Warmth
{
    const string Line = "On(\"all\", new File(\"/x\") { Content = \"\" });";

    /// <summary>Completes, explains and checks a recipe that nobody sees.</summary>
    public static async Task Make(Scripts scripts, CancellationToken ct)
    {
        var script = scripts.Example(Line);
        var after = Line.IndexOf("new ", StringComparison.Ordinal) + "new ".Length;
        await new Completing().At(script, new(0, after), typed: null, ct);
        await Meaning.At(script, new(0, after + 1), ct);
    }
}
