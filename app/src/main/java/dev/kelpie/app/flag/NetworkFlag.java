package dev.kelpie.app.flag;

import dev.kelpie.engine.spec.PodNetwork;
import dev.kelpie.runtime.network.Subnet;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// `--network bridge[:opts]|NAME[:opts]|none|host|private|container:ID`, any number of times.
public final class NetworkFlag {
    private static final Set<String> OPTIONS = Set.of("alias", "ip", "ip6", "mac");

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
                        "unknown option \""
                                + option
                                + "\" of network \""
                                + word
                                + "\": use alias=, ip=, ip6=, mac=");
            }
            options.computeIfAbsent(key, _ -> new ArrayList<>())
                    .add(checked(key, option.substring(equals + 1)));
        }
        return options;
    }

    /// The value of a per-network option, when it is one.
    public static String checked(String key, String value) {
        return switch (key) {
            case "ip" -> {
                if (Subnet.address(value).filter(Inet4Address.class::isInstance).isEmpty()) {
                    throw FlagException.meaning("ip \"" + value + "\": not an IPv4 address");
                }
                yield value;
            }
            case "ip6" -> {
                if (Subnet.address(value).filter(Inet6Address.class::isInstance).isEmpty()) {
                    throw FlagException.meaning("ip6 \"" + value + "\": not an IPv6 address");
                }
                yield value;
            }
            case "mac" -> mac(value);
            default -> {
                if (!value.matches("[A-Za-z0-9_][A-Za-z0-9_.-]{0,252}")) {
                    throw FlagException.meaning("network alias \"" + value + "\": not a name");
                }
                yield value;
            }
        };
    }

    private static String mac(String value) {
        var mac = value.toLowerCase(Locale.ROOT).replace('-', ':');
        if (!mac.matches("[0-9a-f]{2}(:[0-9a-f]{2}){5}")) {
            throw FlagException.meaning(
                    "mac \"" + value + "\": not an address like 92:d0:c6:0a:29:33");
        }
        if (Integer.parseInt(mac.substring(0, 2), 16) % 2 == 1) {
            throw FlagException.meaning("mac \"" + value + "\": a multicast address is no one's");
        }
        return mac;
    }

    /// The same networks with these options (`ip`, `mac`, `alias`) for them.
    ///
    /// @throws FlagException when there is no network to have them, or more than one for an address
    public static PodNetwork.Mode with(PodNetwork.Mode mode, Map<String, List<String>> more) {
        if (more.values().stream().allMatch(List::isEmpty)) {
            return mode;
        }
        var flags = more.containsKey("alias") ? "--network-alias" : "--ip and --mac-address";
        if (!(mode instanceof PodNetwork.Bridge(var requests, _))) {
            throw FlagException.meaning(flags + " can only be used with a network of the engine");
        }
        if (requests.size() > 1 && !more.keySet().equals(Set.of("alias"))) {
            throw FlagException.meaning(
                    flags + " can only be used with one network: use --network NAME:ip=,mac=");
        }
        var all =
                requests.isEmpty()
                        ? List.of(new PodNetwork.NetworkRequest("podman", Map.of()))
                        : requests;
        return new PodNetwork.Bridge(all.stream().map(each -> with(each, more)).toList());
    }

    private static PodNetwork.NetworkRequest with(
            PodNetwork.NetworkRequest request, Map<String, List<String>> more) {
        var options = new HashMap<>(request.options());
        more.forEach((key, values) -> {
            var checked = new ArrayList<>(options.getOrDefault(key, List.of()));
            values.forEach(value -> checked.add(checked(key, value)));
            options.put(key, checked);
        });
        return new PodNetwork.NetworkRequest(request.network(), options);
    }
}
