namespace ConfigEngine.Lab;

/// <summary>
/// The right to do something that takes a whole processor, such as to boot: as many at once as this process may use processors, over
/// all processes of the machine that run tests.
/// </summary>
static class Slot
{
    static string Slots => Path.Combine(Cache.Root, "slots");

    /// <summary>Waits for one; whoever disposes it gives it back, and the kernel does where nobody can.</summary>
    public static async Task<IDisposable> Take()
    {
        Directory.CreateDirectory(Slots);
        while (true)
        {
            for (var i = 0; i < Environment.ProcessorCount; i++)
            {
                if (Cache.TryLock(Path.Combine(Slots, $"{i}.lock")) is { } mine)
                    return mine;
            }

            await Task.Delay(100);
        }
    }
}
