namespace ConfigEngine.Resources;

/// <summary>How a repository's files are written: only when apt could fetch its index with them.</summary>
static class AptSource
{
    /// <summary>
    /// The operation. Its input is the key, of that length, and then the stanza. What apt fetches is good for the final file too,
    /// because lists are named by URI. The time of the last success stays: one repository's index says nothing of how old the others are.
    /// apt exits with 0 where a file could not be fetched (apt-get(8)), so its words count as well.
    /// </summary>
    public static Operation Write(string sources, string? keyFile, Content keyAndStanza, int keyLength, bool enabled)
    {
        Shell end = $"";
        if (keyFile is not null)
        {
            end = $"""
                mkdir -p -m 0755 /etc/apt/keyrings
                ( cfg_write {keyFile} root root 0644 '' ) <"$cfg_dir/{Shell.Verbatim(KeyName(keyFile))}"
                echo 'Signed-By: '{keyFile} >>"$cfg_dir/stanza"

                """;
        }

        Shell fetch = $$"""
            cp "$cfg_dir/stanza" "$cfg_dir/try.sources"
            {{Shell.Verbatim(keyFile is null ? "" : $"echo \"Signed-By: $cfg_dir/{KeyName(keyFile)}\" >>\"$cfg_dir/try.sources\"\n")}}cfg_stamp=/var/lib/apt/periodic/update-success-stamp
            [ ! -e "$cfg_stamp" ] || cp -p "$cfg_stamp" "$cfg_dir/stamp"
            {{Apt.WaitForLocks}}
            cfg_exit=0
            timeout -k 10 240 apt-get -q update -o "Dir::Etc::sourcelist=$cfg_dir/try.sources" -o Dir::Etc::sourceparts=/dev/null -o APT::Get::List-Cleanup=0 -o APT::Update::Error-Mode=any -o Acquire::Retries=1 -o Acquire::http::Timeout=30 >"$cfg_dir/said" 2>&1 || cfg_exit=$?
            if [ -e "$cfg_dir/stamp" ]; then touch -r "$cfg_dir/stamp" "$cfg_stamp"; else rm -f "$cfg_stamp"; fi
            cat "$cfg_dir/said"
            if [ $cfg_exit != 0 ] || grep -q -e '^E: ' -e '^W: Failed' -e 'component misspelt' "$cfg_dir/said"; then echo 'its index cannot be fetched with that; its files stay as they were' >&2; exit 1; fi

            """;
        return new($$"""
            cfg_dir=$(mktemp -d); trap 'rm -rf -- "$cfg_dir"' EXIT; chmod 0755 "$cfg_dir"
            cat >"$cfg_dir/all"
            head -c {{(long)keyLength}} "$cfg_dir/all" >"$cfg_dir/{{Shell.Verbatim(KeyName(keyFile))}}"; tail -c +{{(long)keyLength + 1}} "$cfg_dir/all" >"$cfg_dir/stanza"
            {{(enabled ? fetch : Shell.Verbatim(""))}}{{end}}( cfg_write {{sources}} root root 0644 '' ) <"$cfg_dir/stanza"
            """)
        {
            Input = keyAndStanza,
            TellsFirstWrite = true,
            Deadline = TimeSpan.FromMinutes(16),
            Title = (enabled ? "$ apt-get update, for this repository alone; then " : "") + $"write {(keyFile is null ? "" : keyFile + " and ")}{sources}",
        };
    }

    static string KeyName(string? keyFile) => keyFile?.EndsWith(".gpg", StringComparison.Ordinal) is true ? "key.gpg" : "key.asc";
}
