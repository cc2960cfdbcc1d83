package dev.kelpie.runtime.kernel;

import dev.kelpie.runtime.FileAccessException;
import dev.kelpie.runtime.HostLacksException;
import dev.kelpie.runtime.Programs;
import dev.kelpie.runtime.spec.Linux.IdMapping;
import dev.kelpie.runtime.spec.Linux.IdMappings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// A new user namespace with a network, an IPC and a UTS namespace that belong to it. A process
/// with several threads, such as ours, cannot make one, so a small program does and sleeps until
/// somebody keeps what it made, see user_namespaces(7).
final class NewUsers implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Path OWN = Path.of("/proc/self/ns/user");

    private final ChildProcess sleeper;

    private NewUsers(ChildProcess sleeper) {
        this.sleeper = sleeper;
    }

    static NewUsers make(IdMappings ids) throws InterruptedException {
        var program = Programs.require("unshare", "util-linux").toString();
        var sleep = Programs.require("sleep", "coreutils").toString();
        var argv = List.of(program, "--user", "--net", "--ipc", "--uts", sleep, "60");
        try (var nothing = Fd.open(Path.of("/dev/null"), Fd.O_RDWR, 0)) {
            var made =
                    new NewUsers(
                            ChildProcess.start(
                                    argv,
                                    Map.of(),
                                    Path.of("/"),
                                    List.of(nothing, nothing, nothing)));
            try {
                made.awaitNamespace();
                made.map("uid_map", ids.uidMappings());
                made.map("gid_map", ids.gidMappings());
                return made;
            } catch (RuntimeException | IOException | InterruptedException e) {
                made.close();
                throw e;
            }
        } catch (IOException e) {
            throw new FileAccessException(
                    "cannot make a user namespace for " + ids.uidMappings() + ": " + e.getMessage(),
                    e);
        }
    }

    /// `net`, `ipc`, `uts` or `user`.
    Path namespace(String kind) {
        return process().resolve("ns").resolve(kind);
    }

    private Path process() {
        return Path.of("/proc").resolve(Integer.toString(sleeper.pid()));
    }

    private void awaitNamespace() throws IOException, InterruptedException {
        var ours = Files.readSymbolicLink(OWN);
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        while (Files.readSymbolicLink(namespace("user")).equals(ours)) {
            if (sleeper.await(Duration.ofMillis(1)).isPresent() || System.nanoTime() > deadline) {
                throw refused();
            }
        }
        // it is made before it is executed again; a program that failed is none
        if (sleeper.await(Duration.ZERO).isPresent()) {
            throw refused();
        }
    }

    private static HostLacksException refused() {
        return new HostLacksException(
                "this host lets us make no user namespace",
                "sysctl user.max_user_namespaces=65536 kernel.unprivileged_userns_clone=1");
    }

    private void map(String file, List<IdMapping> mappings) throws IOException {
        var text =
                mappings.stream()
                        .map(one -> one.containerID() + " " + one.hostID() + " " + one.size())
                        .collect(Collectors.joining("\n", "", "\n"));
        Files.writeString(process().resolve(file), text, StandardOpenOption.WRITE);
    }

    /// Takes the calling thread into its network, IPC and UTS namespaces for good.
    void join() {
        NamespaceFiles.join(process().resolve("ns"));
    }

    @Override
    public void close() {
        sleeper.kill();
    }
}
