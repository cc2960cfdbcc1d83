package dev.kelpie.engine.sandbox;

import dev.kelpie.engine.spec.PodUsers;
import dev.kelpie.engine.state.ContainerRow;
import dev.kelpie.engine.state.PodRow;
import dev.kelpie.runtime.FileAccessException;
import dev.kelpie.runtime.SystemCallException;
import dev.kelpie.runtime.kernel.RootedDirectory;
import dev.kelpie.runtime.oci.UserDatabase;
import dev.kelpie.runtime.spec.Mount;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Users that an image does not know have a name inside too: its passwd(5) and group(5) with lines
/// more. They are the user who runs a rootless engine and is called the same inside (`keep-id`),
/// the container's own user by number, and users of the host that were asked for.
final class AccountFiles {

    private static final int MOST_BYTES = 4 << 20;

    private final EngineFiles files;
    private final HostKernel kernel;

    AccountFiles(EngineFiles files, HostKernel kernel) {
        this.files = files;
        this.kernel = kernel;
    }

    /// The files that take the place of the image's, made anew. The container's root is mounted.
    List<Mount> mounts(PodRow pod, ContainerRow container) throws IOException {
        var accounts = container.spec().security().runAs().accounts();
        var user = NumericUser.of(container.image().process().user());
        var kept = kept(pod);
        boolean named = accounts.named() && user.isPresent();
        if (kept.isEmpty() && !named && accounts.ofHost().isEmpty()) {
            return List.of();
        }
        try (var root = RootedDirectory.open(files.rootfs(container.id()))) {
            var lines = new AccountLines(UserDatabase.read(root), home(container));
            accounts.ofHost().forEach(lines::ofHost);
            kept.ifPresent(lines::kept);
            if (named) {
                lines.named(user.get(), accounts);
            }
            var mounts = new ArrayList<Mount>();
            more(root, container, "passwd", lines.users()).ifPresent(mounts::add);
            more(root, container, "group", lines.groups()).ifPresent(mounts::add);
            return mounts;
        }
    }

    private Optional<AccountLines.Kept> kept(PodRow pod) {
        var keeps = pod.spec().sharing().usersAsked().filter(PodUsers.KeepId.class::isInstance);
        if (keeps.isEmpty() || pod.ids().isEmpty()) {
            return Optional.empty();
        }
        var inside = pod.ids().get().inverse();
        return kernel.ids()
                .caller()
                .map(caller ->
                        new AccountLines.Kept(
                                caller.name(), caller.group(), inside.user(0), inside.group(0)));
    }

    /// At home in the working directory, as with Podman.
    private static String home(ContainerRow container) {
        var directory = container.image().process().workingDir();
        return directory.matches("/[^:\\p{Cntrl}]*") ? directory : "/";
    }

    /// Nothing for an image without the file.
    private Optional<Mount> more(
            RootedDirectory root, ContainerRow container, String name, List<String> more)
            throws IOException {
        var place = "/etc/" + name;
        if (more.isEmpty()) {
            return Optional.empty();
        }
        try (var input = root.read(place)) {
            var lines = new String(input.readNBytes(MOST_BYTES), StandardCharsets.UTF_8);
            var end = lines.isEmpty() || lines.endsWith("\n") ? "" : "\n";
            var file = files.runContainer(container.id()).resolve(name);
            write(file, lines + end + String.join("\n", more) + "\n");
            return Optional.of(Mount.bind(file, place, false));
        } catch (SystemCallException | FileAccessException _) {
            return Optional.empty();
        }
    }

    private static void write(Path file, String text) throws IOException {
        Files.deleteIfExists(file);
        Files.writeString(file, text);
    }

    /// A user given by number.
    ///
    /// @param group as it was given, a number or a name; empty: none
    record NumericUser(long user, String group) {
        static Optional<NumericUser> of(String text) {
            var parts = text.split(":", 2);
            return parts[0].matches("\\d{1,10}")
                    ? Optional.of(
                            new NumericUser(
                                    Long.parseLong(parts[0]), parts.length > 1 ? parts[1] : ""))
                    : Optional.empty();
        }
    }
}
