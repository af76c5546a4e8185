#compdef cfg
# Completion of cfg for zsh. Try it, after compinit:  source <(cfg completion zsh)
# Keep it:  cfg completion zsh > ~/.zsh/completions/_cfg   (a directory of your fpath)
_cfg() {
    local line="${(j: :)words[1,CURRENT-1]} " word
    local -a known globs
    for word in "${(@f)$(cfg "[suggest:${#line}]" "$line" 2>/dev/null)}"; do
        case $word in
            '*'*) globs+=("$word") ;;   # which files: zsh finds and quotes them
            -*) [[ $PREFIX == -* ]] && known+=("$word") ;;
            ?*) known+=("$word") ;;
        esac
    done
    (( $#known )) && compadd -- $known
    case $globs in
        '') ;;
        '*/') _files -/ ;;
        *) _files -g "(${(j:|:)globs})(-.)" ;;
    esac
}
if [[ $funcstack[1] == _cfg ]]; then _cfg "$@"; else compdef _cfg cfg; fi
