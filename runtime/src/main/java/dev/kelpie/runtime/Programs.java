package dev.kelpie.runtime;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Finds helper programs: on PATH, then in the places distributions hide them (`/usr/lib/podman`
/// and friends).
public final class Programs {

    private static final List<String> MORE_FOLDERS =
            List.of(
                    "/usr/sbin",
                    "/sbin",
                    "/usr/bin",
                    "/bin",
                    "/usr/local/sbin",
                    "/usr/local/bin",
                    "/usr/lib/podman",
                    "/usr/libexec/podman",
                    "/usr/local/libexec/podman",
                    "/usr/local/lib/podman");

    private Programs() {}

    /// The absolute path of a program by its bare name.
    public static Optional<Path> find(String name) {
        return folders()
                .map(folder -> folder.resolve(name))
                .filter(Programs::isProgram)
                .findFirst();
    }

    /// As `find`, but a lack is an error that names the Debian package to install.
    public static Path require(String name, String debianPackage) {
        return find(name)
                .orElseThrow(() ->
                        new HostLacksException(
                                "program '" + name + "' not found",
                                "apt-get install " + debianPackage));
    }

    /// The search path given to every helper program.
    public static String searchPath() {
        return String.join(":", folders().map(Path::toString).toList());
    }

    private static Stream<Path> folders() {
        var path = System.getenv("PATH");
        var own = path == null ? Stream.<String>empty() : Stream.of(path.split(":", -1));
        return Stream.concat(own, MORE_FOLDERS.stream())
                .filter(folder -> folder.startsWith("/"))
                .distinct()
                .map(Path::of);
    }

    private static boolean isProgram(Path file) {
        return Files.isRegularFile(file) && Files.isExecutable(file);
    }
}
