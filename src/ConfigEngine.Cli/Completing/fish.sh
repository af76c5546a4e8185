# Completion of cfg for fish. Try it:  cfg completion fish | source
# Keep it:  cfg completion fish > ~/.config/fish/completions/cfg.fish
function __cfg_complete
    set -l line (commandline -cp)
    set -l current (commandline -ct)
    set line (string sub --length (math (string length -- "$line") - (string length -- "$current")) -- "$line")
    for word in (cfg "[suggest:"(string length -- "$line")"]" "$line" 2>/dev/null)
        if string match -q -- '\**' $word # which files: fish finds and quotes them
            for path in (__fish_complete_path "$current" | string replace -r '\t.*' '')
                string match -- '*/' $path; or string match -- $word $path
            end
        else if not string match -q -- '-*' $word; or string match -q -- '-*' "$current"
            echo $word
        end
    end
end
complete -c cfg -f -a '(__cfg_complete)'
