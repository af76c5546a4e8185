#compdef cfg
# Completion of cfg for zsh. Try it:  source <(cfg completion zsh)
# Keep it:  cfg completion zsh > ~/.zsh/completions/_cfg   (a directory of your fpath)
_cfg() {
    local current=${words[CURRENT]} line="${(j: :)words[1,CURRENT]}"
    local -a known
    known=("${(@f)$(cfg "[suggest:${#line}]" "$line" 2>/dev/null)}")
    [[ $current == -* ]] || known=("${(@)known:#-*}")
    compadd -- $known
    [[ $current == -* ]] || _files -g '*.(csx|json)(-.)'
}
if [[ $funcstack[1] == _cfg ]]; then _cfg "$@"; else compdef _cfg cfg; fi
