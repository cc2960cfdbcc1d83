package dev.kelpie.runtime.oci;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// The Linux security modules that hold containers back on this host, as sysfs tells of them.
///
/// @param profiles of AppArmor that are loaded
public record SecurityModules(boolean selinux, boolean appArmor, Set<String> profiles) {

    /// Profiles that engines load for containers; the first that is there is the default one.
    private static final List<String> DEFAULTS =
            List.of("kelpie-default", "containers-default", "crio-default", "docker-default");

    public SecurityModules {
        profiles = Set.copyOf(profiles);
    }

    /// Asks this host.
    public static SecurityModules ofThisHost() {
        return below(Path.of("/sys"));
    }

    /// Asks the sysfs mounted there.
    static SecurityModules below(Path sys) {
        var appArmor = text(sys.resolve("module/apparmor/parameters/enabled")).startsWith("Y");
        var loaded = text(sys.resolve("kernel/security/apparmor/profiles"));
        return new SecurityModules(
                Files.exists(sys.resolve("fs/selinux/enforce")),
                appArmor,
                loaded.lines()
                        .map(line -> line.replaceFirst(" \\([a-z]+\\)$", ""))
                        .collect(Collectors.toSet()));
    }

    /// The loaded profile for containers of which nobody said more; Podman's name carries its
    /// version.
    public Optional<String> defaultProfile() {
        return DEFAULTS.stream()
                .flatMap(name ->
                        profiles.stream()
                                .filter(loaded ->
                                        loaded.equals(name) || loaded.startsWith(name + "-"))
                                .sorted())
                .findFirst();
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException _) {
            return "";
        }
    }
}
