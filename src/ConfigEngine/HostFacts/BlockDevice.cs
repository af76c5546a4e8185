namespace ConfigEngine.HostFacts;

/// <summary>
/// A disk, a partition or a device that is made of them, from <c>/sys/block</c>. Devices of size 0 (unused loop devices, empty
/// readers) are left out.
/// </summary>
/// <param name="Name">The kernel's name: <c>sda</c>, <c>nvme0n1p1</c>, <c>dm-0</c>.</param>
/// <param name="Size">Its size.</param>
/// <param name="Type">The type, in the words of lsblk(8): <c>disk</c>, <c>part</c>, <c>rom</c>, <c>tape</c>, <c>loop</c>,
/// <c>zram</c>, <c>lvm</c>, <c>crypt</c>, <c>mpath</c>, <c>dm</c>, <c>raid1</c> …</param>
public sealed record BlockDevice(string Name, ByteSize Size, string Type)
{
    /// <summary>The node in <c>/dev</c>; for a mapped device, the one in <c>/dev/mapper</c>.</summary>
    public string Path => MapperName is null ? $"/dev/{Name}" : $"/dev/mapper/{MapperName}";

    /// <summary>The name of a mapped device (<c>vg0-root</c>); null for any other.</summary>
    public string? MapperName { get; init; }

    /// <summary>The disk that a partition is on; null for a whole disk.</summary>
    public string? Parent { get; init; }

    /// <summary>Whether it can be removed.</summary>
    public bool Removable { get; init; }

    /// <summary>Whether it refuses writes.</summary>
    public bool ReadOnly { get; init; }

    /// <summary>The disk's own model name; null where it gives none.</summary>
    public string? Model { get; init; }

    internal static IReadOnlyList<BlockDevice> Read(FactSection section)
    {
        List<BlockDevice> devices = [];
        List<KeyValuePair<string, string>> said = [];
        BlockDevice? disk = null;
        foreach (
            var entry in section.Entries("device", "partition", "size", "read-only", "removable", "model", "scsi", "dm", "dm-uuid", "md")
        )
        {
            if (entry.Key is "device" or "partition")
                Finish();
            else if (said.Count is 0)
                throw section.Unknown($"{entry.Key}={entry.Value}", "a device");
            said.Add(entry);
        }
        Finish();
        return devices;

        void Finish()
        {
            if (said.Count is 0)
                return;
            var device = One(section, said, disk);
            devices.Add(device);
            disk = device.Parent is null ? device : disk;
            said.Clear();
        }
    }

    static BlockDevice One(FactSection section, List<KeyValuePair<string, string>> said, BlockDevice? disk)
    {
        string? Of(string key) => said.FirstOrDefault(s => s.Key == key).Value;
        // The kernel writes ! where a name has a slash (cciss!c0d0).
        var name = said[0].Value.Replace('!', '/');
        var part = said[0].Key is "partition";
        if (part && disk is null)
            throw section.Unknown($"partition={name}", "a device before its partitions");
        // These sectors have 512 bytes, whatever the disk's own sector size (sysfs-block).
        var sectors = section.Number(Of("size") ?? "", $"size={Of("size")}");
        if (sectors is < 0 or > long.MaxValue / 512)
            throw section.Unknown($"size={sectors}", "a count of sectors");
        return new(name, new(sectors * 512), part ? "part" : TypeOf(name, Of("scsi"), Of("dm-uuid"), Of("dm"), Of("md")))
        {
            MapperName = Of("dm"),
            Parent = part ? disk?.Name : null,
            Removable = Of("removable") is "1" || (part && disk is { Removable: true }),
            ReadOnly = Of("read-only") is "1",
            Model = Of("model"),
        };
    }

    static string TypeOf(string name, string? scsi, string? uuid, string? mapper, string? raid) =>
        name switch
        {
            // LVM-…, CRYPT-LUKS2-…, mpath-…, part1-…
            _ when uuid is not null && uuid.StartsWith("part", StringComparison.Ordinal) => "part",
            _ when uuid is not null && uuid.Contains('-') => uuid.Split('-')[0].ToLowerInvariant(),
            _ when mapper is not null => "dm",
            _ when raid is not null => raid,
            _ when scsi is "5" || name.StartsWith("sr", StringComparison.Ordinal) => "rom",
            _ when scsi is "1" => "tape",
            _ when name.StartsWith("loop", StringComparison.Ordinal) => "loop",
            _ when name.StartsWith("zram", StringComparison.Ordinal) => "zram",
            _ => "disk",
        };
}
