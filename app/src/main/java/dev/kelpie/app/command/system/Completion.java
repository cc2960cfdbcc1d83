package dev.kelpie.app.command.system;

import dev.kelpie.app.call.Call;
import dev.kelpie.app.call.Operands;
import dev.kelpie.app.call.Verb;
import dev.kelpie.app.flag.FlagException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `completion`: a script for the shell. The script asks the hidden `__complete`, which knows every
/// command, flag and name at the moment of asking.
@Command(
        name = "completion",
        description = "Print a completion script for bash, zsh or fish",
        customSynopsis = "bash|zsh|fish")
final class Completion implements Verb {
    private static final String BASH =
            """
            # bash completion for kelpie: source <(kelpie completion bash)
            _kelpie() {
                local cur=${COMP_WORDS[COMP_CWORD]} answer directive
                answer=$(kelpie __completeNoDesc "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null) || return
                directive=${answer##*:}
                answer=${answer%:*}
                local IFS=$'\\n'
                COMPREPLY=($(compgen -W "$answer" -- "$cur"))
                if [[ $directive == 0 && ${#COMPREPLY[@]} == 0 ]]; then
                    compopt -o filenames 2>/dev/null
                    COMPREPLY=($(compgen -f -- "$cur"))
                fi
            }
            complete -F _kelpie kelpie
            """;

    private static final String ZSH =
            """
            #compdef kelpie
            # zsh completion for kelpie: put it in a file _kelpie on your fpath
            _kelpie() {
                local answer line
                local -a found
                answer=$(kelpie __complete "${words[@]:1:$((CURRENT-1))}" 2>/dev/null) || return
                for line in ${(f)answer}; do
                    [[ $line == :<-> ]] && continue
                    found+=("${${line%%$'\\t'*}//:/\\\\:}:${line#*$'\\t'}")
                done
                if (( ${#found} )); then
                    _describe 'kelpie' found
                else
                    _files
                fi
            }
            compdef _kelpie kelpie
            """;

    private static final String FISH =
            """
            # fish completion for kelpie: kelpie completion fish | source
            function __kelpie_complete
                set -l words (commandline -opc) (commandline -ct)
                kelpie __complete $words[2..-1] 2>/dev/null | string match -v -r '^:[0-9]+$'
            end
            complete -c kelpie -a '(__kelpie_complete)'
            """;

    private final Call call;

    @Parameters List<String> operands = new ArrayList<>();

    Completion(Call call) {
        this.call = call;
    }

    @Override
    public int run() {
        Operands.exactly(1, operands);
        call.print(
                switch (operands.getFirst()) {
                    case "bash" -> BASH;
                    case "zsh" -> ZSH;
                    case "fish" -> FISH;
                    default ->
                            throw FlagException.meaning(
                                    "no completion for shell \""
                                            + operands.getFirst()
                                            + "\": there is bash, zsh and fish");
                });
        return 0;
    }
}
