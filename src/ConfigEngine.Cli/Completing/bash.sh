# Completion of cfg for bash. Try it:  source <(cfg completion bash)
# Keep it:  cfg completion bash > ~/.local/share/bash-completion/completions/cfg
_cfg() {
    local current=${COMP_WORDS[COMP_CWORD]} IFS=$'\n' word
    COMPREPLY=()
    for word in $(cfg "[suggest:$COMP_POINT]" "$COMP_LINE" 2>/dev/null); do
        [[ $word == "$current"* && ( $word != -* || $current == -* ) ]] && COMPREPLY+=("$word ")
    done
    [[ $current == -* ]] && return
    for word in $(compgen -f -- "$current"); do
        if [[ -d $word ]]; then COMPREPLY+=("$word/"); elif [[ $word == *.csx || $word == *.json ]]; then COMPREPLY+=("$word "); fi
    done
}
complete -o nospace -F _cfg cfg
