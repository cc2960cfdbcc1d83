package dev.kelpie.app.flag;

import dev.kelpie.engine.spec.PodNetwork;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// `--network bridge[:opts]|NAME[:opts]|none|host|private|container:ID`, any number of times.
public final class NetworkFlag {
    private static final Set<String> OPTIONS =
            Set.of("alias", "ip", "ip6", "mac", "interface_name", "host_interface_name");

    private NetworkFlag() {}

    /// Empty when no network is named.
    public static Optional<PodNetwork.Mode> parse(List<String> words) {
        if (words.isEmpty()) {
            return Optional.empty();
        }
        var first = words.getFirst();
        if (words.size() > 1 && words.stream().anyMatch(NetworkFlag::isAlone)) {
            throw FlagException.meaning(
                    "cannot set multiple networks without bridge network mode, selected mode "
                            + first);
        }
        return Optional.of(isAlone(first) ? alone(first) : bridge(words));
    }

    private static boolean isAlone(String word) {
        return word.equals("host")
                || word.equals("none")
                || word.startsWith("container:")
                || word.startsWith("ns:")
                || word.startsWith("pasta")
                || word.startsWith("slirp4netns");
    }

    private static PodNetwork.Mode alone(String word) {
        if (word.equals("host")) {
            return new PodNetwork.Host();
        }
        if (word.equals("none")) {
            return new PodNetwork.None();
        }
        if (word.startsWith("container:") && word.length() > "container:".length()) {
            return new PodNetwork.OfContainer(word.substring("container:".length()));
        }
        throw FlagException.meaning("network mode \"" + word + "\" is not supported yet");
    }

    private static PodNetwork.Mode bridge(List<String> words) {
        var requests = new ArrayList<PodNetwork.NetworkRequest>();
        for (var word : words) {
            int colon = word.indexOf(':');
            var name = colon < 0 ? word : word.substring(0, colon);
            var options = colon < 0 ? Map.<String, List<String>>of() : options(word, colon);
            if (!name.matches("[a-zA-Z0-9][a-zA-Z0-9_.,-]*")) {
                throw FlagException.meaning("invalid network name \"" + name + "\"");
            }
            for (var each : name.split(",", -1)) {
                add(requests, each, options);
            }
        }
        return new PodNetwork.Bridge(requests);
    }

    private static void add(
            List<PodNetwork.NetworkRequest> requests,
            String name,
            Map<String, List<String>> options) {
        boolean anyBridge = Set.of("bridge", "private", "default").contains(name);
        if (!anyBridge) {
            requests.add(new PodNetwork.NetworkRequest(name, options));
        } else if (!options.isEmpty()) {
            requests.add(new PodNetwork.NetworkRequest("podman", options));
        }
    }

    private static Map<String, List<String>> options(String word, int colon) {
        var options = new HashMap<String, List<String>>();
        for (var option : word.substring(colon + 1).split(",", -1)) {
            int equals = option.indexOf('=');
            var key = equals < 0 ? option : option.substring(0, equals);
            if (equals < 0 || !OPTIONS.contains(key)) {
                throw FlagException.meaning(
                        "unknown option \"" + option + "\" of network \"" + word + "\"");
            }
            options.computeIfAbsent(key, _ -> new ArrayList<>()).add(option.substring(equals + 1));
        }
        return options;
    }
}
