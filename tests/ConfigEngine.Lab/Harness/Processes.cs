namespace ConfigEngine.Lab;

/// <summary>What /proc tells of processes.</summary>
static class Processes
{
    /// <summary>Process 1 of the host that runs below <paramref name="tether"/>, by its id out here; null while there is none.</summary>
    public static int? Init(int tether)
    {
        // NSpid lists a process's ids, from our pid namespace inwards: tether.sh is 1 in the next, a host's systemd in the one after.
        var depth = Read("self") is { } own ? own.Ids.Length + 2 : 3;
        var parents = new Dictionary<int, int>();
        var inits = new List<int>();
        foreach (var directory in Directory.EnumerateDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(directory), out var id) || Read($"{id}") is not { } status)
                continue;
            parents[id] = status.Parent;
            if (status.Ids.Length == depth && status.Ids[^1] is "1")
                inits.Add(id);
        }

        return inits.Where(IsBelow).Select(id => (int?)id).FirstOrDefault();

        bool IsBelow(int id)
        {
            while (id is not 0 && id != tether)
                id = parents.GetValueOrDefault(id);
            return id == tether;
        }
    }

    static (int Parent, string[] Ids)? Read(string process)
    {
        try
        {
            var fields = File.ReadLines($"/proc/{process}/status")
                .Select(line => line.Split('\t'))
                .Where(line => line[0] is "PPid:" or "NSpid:")
                .ToDictionary(line => line[0], line => line[1..]);
            return fields.TryGetValue("NSpid:", out var ids) ? (int.Parse(fields["PPid:"][0]), ids) : null;
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
