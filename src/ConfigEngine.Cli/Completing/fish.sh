# Completion of cfg for fish. Try it:  cfg completion fish | source
# Keep it:  cfg completion fish > ~/.config/fish/completions/cfg.fish
function __cfg_complete
    set -l line (commandline -cp)
    cfg "[suggest:"(string length -- $line)"]" $line 2>/dev/null | string match -r (string match -q -- '-*' (commandline -ct); and echo '.*'; or echo '^[^-].*')
    __fish_complete_suffix .csx
    __fish_complete_suffix .json
end
complete -c cfg -f -a '(__cfg_complete)'
