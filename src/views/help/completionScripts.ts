export const shells = ['bash', 'zsh', 'fish'] as const
export type Shell = (typeof shells)[number]

/**
 * Scripts that ask `opstat __complete WORD…` at every press of the tab key, the last word being what is typed so far:
 * what can be completed is decided in one place, and a script never grows old.
 */
export const completionScripts: Readonly<Record<Shell, string>> = {
  bash: `# bash completion for opstat. To use it: source <(opstat completion bash)
# bash cuts words at = and : too; they are put together again, and what was typed of the word is cut off the candidates.
_opstat() {
  local rest="\${COMP_LINE:0:COMP_POINT}" words=() word trimmed cut line first=1 i
  COMPREPLY=()
  for ((i = 0; i <= COMP_CWORD; i++)); do
    trimmed="\${rest#"\${rest%%[![:space:]]*}"}"
    word="\${COMP_WORDS[i]}"
    ((i == COMP_CWORD)) && word="$trimmed"
    if ((i > 0)) && [[ "$trimmed" == "$rest" && -n "$word" ]]; then
      cut=\${#words[-1]}
      words[-1]+="$word"
    else
      cut=0
      words+=("$word")
    fi
    rest="\${trimmed:\${#word}}"
  done
  # Behind a = or : that nothing follows yet bash replaces nothing.
  [[ "$word" == *[!=:]* ]] || cut=\${#words[-1]}
  for ((i = 0; i < \${#words[@]} - 1; i++)); do
    word="\${words[i]}"
    [[ "$word" == \\"*\\" || "$word" == \\'*\\' ]] && words[i]="\${word:1:\${#word}-2}"
    [[ "$word" == [\\"\\']* ]] || words[i]="\${word//\\\\/}"
  done
  word="\${words[i]}"
  [[ "$word" == [\\"\\']* ]] && words[i]="\${word:1}"
  while IFS= read -r line; do
    if [[ -n "$first" ]]; then
      first=
      if [[ "$line" == files ]]; then
        compopt -o default 2>/dev/null
        return
      fi
      continue
    fi
    word="\${line%%$'\\t'*}"
    [[ "$word" == *= ]] && compopt -o nospace 2>/dev/null
    word="\${word:cut}"
    [[ "\${COMP_WORDS[COMP_CWORD]}" != [\\"\\']* && "$word" == *[^[:alnum:]_@%+=:,./-]* ]] && printf -v word %q "$word"
    COMPREPLY+=("$word")
  done < <(command "\${words[0]}" __complete "\${words[@]:1}" 2>/dev/null)
}
complete -F _opstat opstat
`,
  zsh: `#compdef opstat
# zsh completion for opstat. To use it: source <(opstat completion zsh), or keep it as _opstat in a folder of $fpath.
_opstat() {
  local -a lines values notes
  local line
  lines=("\${(@f)$(command "\${words[1]}" __complete "\${(@Q)words[2,CURRENT-1]}" "\${(Q)PREFIX}" 2>/dev/null)}")
  if [[ "\${lines[1]}" == files ]]; then
    [[ "$PREFIX" == --*=* ]] && compset -P '*='
    _files
    return
  fi
  for line in "\${(@)lines[2,-1]}"; do
    [[ -z "$line" ]] && continue
    values+=("\${line%%$'\\t'*}")
    if [[ -n "\${line#*$'\\t'}" ]]; then
      notes+=("\${line%%$'\\t'*}  -- \${line#*$'\\t'}")
    else
      notes+=("\${line%%$'\\t'*}")
    fi
  done
  (( \${#values} )) || return 1
  if [[ "\${values[1]}" == *= ]]; then
    compadd -S '' -l -d notes -a values
  else
    compadd -l -d notes -a values
  fi
}
if [[ "$funcstack[1]" == _opstat ]]; then
  _opstat "$@"
else
  compdef _opstat opstat
fi
`,
  fish: `# fish completion for opstat. To use it: opstat completion fish | source
function __opstat_complete
    set -l words (commandline -opc)
    set -l current (commandline -ct)
    set -l lines (command $words[1] __complete $words[2..-1] "$current" 2>/dev/null)
    if test "$lines[1]" = files
        # Behind --option= only the part behind the = is a file.
        set -l before (string match -r -- '^--[a-z-]+=' "$current")
        for file in (__fish_complete_path (string replace -- "$before" '' "$current"))
            echo "$before$file"
        end
        return
    end
    if set -q lines[2]
        printf '%s\\n' $lines[2..-1]
    end
end
complete -c opstat -f -a '(__opstat_complete)'
`,
}
