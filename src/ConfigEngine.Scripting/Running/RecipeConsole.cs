using System.Text;

namespace ConfigEngine.Scripting;

/// <summary>
/// The output of a recipe. Results go to standard output for programs, so a recipe's lines go to standard error, each with its
/// place in the recipe. The process has only one console: output that does not come from a recipe goes where it went before.
/// </summary>
sealed class RecipeConsole : TextWriter
{
    static readonly AsyncLocal<RecipeConsole?> Current = new();
    static readonly Lock Installing = new();
    static TextWriter? output,
        error;

    readonly Action<string> says;
    readonly StringBuilder line = new();
    SourceLine? at;

    RecipeConsole(Action<string> says) => this.says = says;

    /// <inheritdoc/>
    public override Encoding Encoding => Encoding.UTF8;

    /// <summary>Runs a recipe's code, with the threads that it starts.</summary>
    public static void For(Action<string>? says, Action code)
    {
        lock (Installing)
        {
            if (Console.Out != output)
            {
                Console.SetOut(new Switch(Console.Out));
                output = Console.Out;
            }

            if (Console.Error != error)
            {
                Console.SetError(new Switch(Console.Error));
                error = Console.Error;
            }
        }

        using RecipeConsole console = new(says ?? Plain);
        Current.Value = console;
        code();
    }

    /// <summary>Prints a line of a recipe; to standard error if there is no other receiver.</summary>
    public static void Say(Action<string>? says, string line) => (says ?? Plain)(line);

    static void Plain(string text)
    {
        using StreamWriter writer = new(Console.OpenStandardError());
        writer.WriteLine(text);
    }

    /// <inheritdoc/>
    public override void Write(char value)
    {
        lock (line)
        {
            if (value is '\n')
                End();
            else if (value is not '\r')
                Append(value);
        }
    }

    void Append(char value)
    {
        at ??= RecipeTrace.Here();
        line.Append(value);
    }

    void End()
    {
        says($"{at ?? RecipeTrace.Here()}: {line}");
        line.Clear();
        at = null;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        lock (line)
        {
            if (line.Length > 0)
                End();
        }

        base.Dispose(disposing);
    }

    /// <summary>Sends output to the recipe that runs on this thread, if there is one.</summary>
    sealed class Switch(TextWriter otherwise) : TextWriter
    {
        public override Encoding Encoding => otherwise.Encoding;

        TextWriter Target => Current.Value ?? otherwise;

        public override void Write(char value) => Target.Write(value);

        public override void Write(string? value) => Target.Write(value);

        public override void Flush() => Target.Flush();
    }
}
