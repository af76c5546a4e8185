using System.Runtime.CompilerServices;
using System.Text.Json;

namespace ConfigEngine.Model;

/// <summary>Reads hosts and groups from what exists already: <c>Hosts(Inventory.FromAnsible("hosts.ini"))</c>.</summary>
/// <example><code>
/// Group("web", Inventory.FromSshConfig("web*"));
/// foreach (var server in Inventory.FromCommand("hcloud", "server", "list", "--output", "json").EnumerateArray())
///     Hosts(new Host($"{server.GetProperty("name")}") { Address = $"{server.GetProperty("ip")}" });
/// </code></example>
public interface IInventoryImport
{
    /// <summary>
    /// The hosts that ssh_config(5) names, in the order of the file. Only their names are read. How to reach them is left to ssh.
    /// Names with wildcards, and those after <c>Match</c>, are no hosts.
    /// </summary>
    /// <param name="pattern">Which of them; * and ? are wildcards.</param>
    /// <param name="file">Relative to the script; ~/.ssh/config and /etc/ssh/ssh_config when null.</param>
    /// <param name="script">Filled in by the compiler.</param>
    /// <exception cref="RecipeException">The file cannot be read, or no host matches.</exception>
    IReadOnlyList<Host> FromSshConfig(string pattern = "*", string? file = null, [CallerFilePath] string script = "");

    /// <summary>
    /// The hosts and groups of an Ansible inventory, in its ini or yaml form, with the variables of its group_vars and host_vars. Each
    /// host has all variables that Ansible gives it, by Ansible's order of precedence. ansible_host, ansible_port, ansible_user,
    /// ansible_become, ansible_become_user and ansible_connection become settings of the host. A warning names each variable that
    /// cannot be taken over: passwords, vaults and templates.
    /// </summary>
    /// <param name="path">Relative to the script.</param>
    /// <param name="script">Filled in by the compiler.</param>
    /// <exception cref="RecipeException">The file cannot be read, or is not an inventory.</exception>
    IReadOnlyList<Target> FromAnsible(string path, [CallerFilePath] string script = "");

    /// <summary>The JSON that a command of this machine prints, such as the list of servers of a cloud tool.</summary>
    /// <param name="commandLine">The command and its arguments; no shell reads them. It runs in the current directory. Environment
    /// variables that were declared as secrets before are removed.</param>
    /// <exception cref="RecipeException">The command fails, does not end, or prints something else.</exception>
    JsonElement FromCommand(params IReadOnlyList<string> commandLine);
}
