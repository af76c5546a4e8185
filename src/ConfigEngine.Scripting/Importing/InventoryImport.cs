using System.Runtime.CompilerServices;
using System.Text.Json;
using ConfigEngine.Local;

namespace ConfigEngine.Scripting;

/// <summary>Reads inventories that exist already.</summary>
sealed class InventoryImport(ScriptPaths paths, LocalFiles local, LocalCommands commands, Redaction redaction) : IInventoryImport
{
    const string Vault = "$ANSIBLE_VAULT;";

    readonly List<string> warnings = [];

    /// <summary>What could not be taken over.</summary>
    public IReadOnlyList<string> Warnings => warnings;

    public IReadOnlyList<Host> FromSshConfig(string pattern = "*", string? file = null, [CallerFilePath] string script = "")
    {
        IReadOnlyList<string> files = file is null
            ? [Path.Combine(SshPatterns.HomeSsh, "config"), "/etc/ssh/ssh_config"]
            : [paths.Full(file, script)];
        if (file is not null && !System.IO.File.Exists(files[0]))
            throw new RecipeException($"{paths.Shown(files[0])} does not exist");
        var names = files
            .SelectMany(path => new SshConfigHosts(Text, Directory(path)).In(path))
            .Distinct(StringComparer.Ordinal)
            .Where(name => Glob.Matches(pattern, name))
            .ToList();
        return names.Count > 0
            ? [.. names.Select(name => new Host(name))]
            : throw new RecipeException(
                $"no host \"{pattern}\" is in {string.Join(" or ", files.Select(paths.Shown))}",
                hint: "only names after Host count, and not patterns such as *.example.com"
            );

        // Names of Include are relative to ~/.ssh, also in a file that is somewhere else (ssh_config(5)).
        string Directory(string path) => path == "/etc/ssh/ssh_config" ? "/etc/ssh" : SshPatterns.HomeSsh;
        string? Text(string path) => System.IO.File.Exists(path) ? Read(path) : null;
    }

    public IReadOnlyList<Target> FromAnsible(string path, [CallerFilePath] string script = "")
    {
        var full = paths.Full(path, script);
        if (System.IO.Directory.Exists(full))
            throw new RecipeException($"{paths.Shown(full)} is a directory", hint: "give the inventory's file, such as hosts.ini");
        var text = Read(full);
        if (text.StartsWith("#!", StringComparison.Ordinal))
            throw new RecipeException(
                $"{paths.Shown(full)} is a program and no inventory",
                hint: "Inventory.FromCommand(…) is the JSON that it prints"
            );
        AnsibleInventory inventory = new();
        if (Path.GetExtension(full) is ".yml" or ".yaml")
            new AnsibleYaml(inventory, paths.Shown(full)).ReadInventory(text);
        else
            AnsibleIni.Read(text, paths.Shown(full), inventory);
        foreach (var group in inventory.Groups)
            ReadVars(inventory, full, "group_vars", group, inventory.Group(group).FileVars);
        foreach (var host in inventory.Hosts)
            ReadVars(inventory, full, "host_vars", host, inventory.VarsOfHost(host));
        var targets = inventory.Targets();
        warnings.AddRange(inventory.Warnings.Select(warning => $"{paths.Shown(full)}: {warning}"));
        return targets;
    }

    public JsonElement FromCommand(params IReadOnlyList<string> commandLine)
    {
        var output = commands.Output(commandLine, redaction.Variables);
        try
        {
            return JsonElement.Parse(output);
        }
        catch (JsonException wrong)
        {
            throw new RecipeException(
                $"{commandLine[0]} printed something else than JSON: {wrong.Message}",
                hint: "many tools print JSON with an option such as --output json",
                inner: wrong
            );
        }
    }

    /// <summary>The files of variables beside an inventory: NAME, NAME.yml, NAME.yaml, or all of a directory NAME.</summary>
    void ReadVars(AnsibleInventory inventory, string file, string directory, string owner, IDictionary<string, object> vars)
    {
        var place = Path.Combine(ScriptPaths.DirectoryOf(file), directory, owner);
        var files = System.IO.Directory.Exists(place)
            ? System.IO.Directory.EnumerateFiles(place, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            : ((string[])[place, $"{place}.yml", $"{place}.yaml"]).Where(System.IO.File.Exists);
        foreach (var path in files)
        {
            var text = Read(path);
            if (text.StartsWith(Vault, StringComparison.Ordinal))
                inventory.Warn(null, $"{paths.Shown(path)} is encrypted with ansible-vault, and is left out");
            else
                new AnsibleYaml(inventory, paths.Shown(path)).ReadVars(text, owner, vars);
        }
    }

    string Read(string full) => local.Read(full, full).Text ?? throw new RecipeException($"{paths.Shown(full)} is not UTF-8 text");
}
