# Completion of cfg for bash. Try it:  source <(cfg completion bash)
# Keep it:  cfg completion bash > ~/.local/share/bash-completion/completions/cfg
_cfg() {
    local current=${COMP_WORDS[COMP_CWORD]} line=${COMP_LINE:0:COMP_POINT} IFS=$'\n' word
    COMPREPLY=()
    line=${line%"$current"}
    current=${current//[\\\"\']/}
    while read -r word; do
        case $word in
            '*'*)   # which files: bash finds and quotes them
                compopt -o filenames 2>/dev/null
                # shellcheck disable=SC2207 # IFS is a line end
                COMPREPLY+=($(compgen -d -- "$current"))
                # shellcheck disable=SC2207 # the same
                [[ $word == '*/' ]] || COMPREPLY+=($(compgen -f -X "!$word" -- "$current" | while read -r word; do [[ -d $word ]] || printf '%s\n' "$word"; done)) ;;
            -*) [[ $current == -* && $word == "$current"* ]] && COMPREPLY+=("$word") ;;
            *) [[ $word == "$current"* ]] && COMPREPLY+=("$word") ;;
        esac
    done < <(cfg "[suggest:${#line}]" "$line" 2>/dev/null)
}
complete -F _cfg cfg
