package dev.kelpie.client;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The command line, cut in two: the flags that choose the engine, which are for us, and all other
/// words, which are for the service.
///
/// @param root of `--root` or `KELPIE_ROOT`, empty when not given
/// @param runRoot of `--runroot` or `KELPIE_RUNROOT`, empty when not given
/// @param url of `--url`, empty when not given
/// @param words the rest, in order
/// @param command which of them is the subcommand, their number when none is
record Invocation(String root, String runRoot, String url, List<String> words, int command) {
    /// Global flags that take a value of their own: the word after them is no subcommand. Podman's
    /// suites pass them all; the service decides what they mean.
    private static final String VALUED =
            " --connection -c --identity --config --log-level --imagestore --storage-driver --storage-opt"
                    + " --tmpdir --volumepath --runtime --runtime-flag --conmon --cgroup-manager"
                    + " --events-backend --network-config-dir --cni-config-dir --hooks-dir --cdi-spec-dir"
                    + " --registries-conf --namespace --network-backend --max-workers"
                    + " --default-mounts-file --pull-option --module --out --host -H --context"
                    + " --tls-ca --tls-cert --tls-key --tls-details --ssh ";

    /// Reads our flags from before the subcommand; later ones are the subcommand's.
    ///
    /// @throws ClientException when one of our flags has no value
    static Invocation parse(List<String> arguments, Map<String, String> environment) {
        var values =
                new String[] {
                    environment.getOrDefault("KELPIE_ROOT", ""),
                    environment.getOrDefault("KELPIE_RUNROOT", ""),
                    ""
                };
        var words = new ArrayList<String>(arguments.size());
        int i = 0;
        for (; i < arguments.size(); i++) {
            var word = arguments.get(i);
            if (!word.startsWith("-") || word.equals("--") || word.equals("-")) {
                break;
            }
            int ours = ours(word);
            if (ours >= 0) {
                int equals = word.indexOf('=');
                values[ours] = equals > 0 ? word.substring(equals + 1) : next(arguments, ++i, word);
                continue;
            }
            words.add(word);
            if (VALUED.contains(" " + word + " ") && i + 1 < arguments.size()) {
                words.add(arguments.get(++i));
            }
        }
        int command = words.size();
        words.addAll(arguments.subList(i, arguments.size()));
        return new Invocation(values[0], values[1], values[2], words, command);
    }

    /// Whether these are the subcommand's words.
    boolean calls(String... names) {
        return words.size() >= command + names.length
                && words.subList(command, command + names.length).equals(List.of(names));
    }

    /// What stands after so many words of the subcommand.
    List<String> after(int count) {
        return words.subList(command + count, words.size());
    }

    private static int ours(String word) {
        int equals = word.indexOf('=');
        return switch (equals > 0 ? word.substring(0, equals) : word) {
            case "--root" -> 0;
            case "--runroot" -> 1;
            case "--url" -> 2;
            default -> -1;
        };
    }

    private static String next(List<String> arguments, int index, String flag) {
        if (index >= arguments.size()) {
            throw new ClientException("flag needs an argument: " + flag);
        }
        return arguments.get(index);
    }
}
