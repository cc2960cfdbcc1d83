package dev.kelpie.image.build;

import dev.kelpie.image.spec.Platform;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/// `ARG` and `--build-arg`: values given, defaults written, and who may see them. What is declared
/// before the first FROM is for FROM lines, and for stages that declare it again.
final class BuildArguments {

    private final Map<String, String> given;
    private final Map<String, String> platform = new HashMap<>();
    private final Map<String, String> global = new HashMap<>();
    private final Set<String> used = ConcurrentHashMap.newKeySet();

    /// Commands see these without a declaration, and images remember nothing of them.
    private static final List<String> PROXIES =
            List.of(
                    "HTTP_PROXY",
                    "http_proxy",
                    "HTTPS_PROXY",
                    "https_proxy",
                    "FTP_PROXY",
                    "ftp_proxy",
                    "NO_PROXY",
                    "no_proxy",
                    "ALL_PROXY",
                    "all_proxy");

    BuildArguments(Map<String, String> given, Platform target) {
        this.given = given;
        put("TARGET", target);
        put("BUILD", Platform.host());
    }

    private void put(String prefix, Platform of) {
        platform.put(prefix + "PLATFORM", of.toString());
        platform.put(prefix + "OS", of.os());
        platform.put(prefix + "ARCH", of.architecture());
        platform.put(prefix + "VARIANT", of.variant().orElse(""));
    }

    /// Declares one before the first FROM.
    void declareGlobal(String name, Optional<String> written) {
        used.add(name);
        var value = Optional.ofNullable(given.get(name)).or(() -> written);
        value.ifPresent(text -> global.put(name, text));
    }

    /// For FROM lines.
    Optional<String> global(String name) {
        return Optional.ofNullable(global.get(name))
                .or(() -> Optional.ofNullable(platform.get(name)));
    }

    /// Declares one in a stage; empty when it has no value.
    Optional<String> declare(String name, Optional<String> written) {
        used.add(name);
        return Optional.ofNullable(given.get(name)).or(() -> written).or(() -> global(name));
    }

    /// The proxies that were given, for commands.
    Map<String, String> proxies() {
        var proxies = new TreeMap<String, String>();
        for (var name : PROXIES) {
            var value = given.get(name);
            if (value != null) {
                proxies.put(name, value);
            }
        }
        return proxies;
    }

    /// Given but declared nowhere: most often a misspelt name.
    Set<String> unused() {
        var unused = new TreeSet<>(given.keySet());
        unused.removeAll(used);
        PROXIES.forEach(unused::remove);
        unused.removeAll(platform.keySet());
        return unused;
    }
}
