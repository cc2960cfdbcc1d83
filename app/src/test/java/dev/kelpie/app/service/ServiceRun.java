package dev.kelpie.app.service;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A Kelpie home put together from the build's output, without AOT caches, and an engine of its
/// own.
final class ServiceRun {
    private static final Path CHECKOUT = Path.of("..").toAbsolutePath().normalize();

    private final Path directory;
    private final Path home;

    ServiceRun(Path directory) throws IOException {
        this.directory = directory;
        home = Files.createDirectory(directory.resolve("home"));
        Files.createSymbolicLink(home.resolve("jdk"), Path.of(System.getProperty("java.home")));
        Files.createSymbolicLink(
                home.resolve("service"), CHECKOUT.resolve("app/target/quarkus-app"));
        Files.createSymbolicLink(
                home.resolve("client.jar"),
                CHECKOUT.resolve("client/target/kelpie-client-0.1.0-SNAPSHOT.jar"));
        Files.copy(CHECKOUT.resolve("kelpie"), home.resolve("launcher"));
        Files.copy(
                CHECKOUT.resolve("client/src/main/sh/kelpie-service"),
                home.resolve("kelpie-service"));
        Files.copy(home.resolve("jdk/release"), home.resolve("jdk-release"));
        Files.writeString(home.resolve("build"), "test\n");
    }

    Path runRoot() {
        return directory.resolve("run");
    }

    Process kelpie(String... words) throws IOException {
        var command = new ArrayList<String>();
        command.addAll(List.of("/bin/sh", home.resolve("launcher").toString()));
        command.addAll(List.of("--root", directory + "/root", "--runroot", runRoot().toString()));
        command.addAll(List.of(words));
        return execute(command.toArray(String[]::new));
    }

    Process execute(String... command) throws IOException {
        return new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectInput(Redirect.from(Path.of("/dev/null").toFile()))
                .start();
    }

    /// Asks as a user that is neither root nor us.
    Process foreignRequest(Path socket, String what) throws IOException {
        return execute(
                "setpriv",
                "--reuid=65534",
                "--clear-groups",
                home.resolve("jdk/bin/java").toString(),
                "-cp",
                CHECKOUT.resolve("app/target/test-classes").toString(),
                ForeignCaller.class.getName(),
                socket.toString(),
                what);
    }

    /// The service that its pid file names, if it runs.
    Optional<ProcessHandle> service() throws IOException {
        var file = runRoot().resolve("service.pid");
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        return ProcessHandle.of(Long.parseLong(Files.readString(file).strip()))
                .filter(ProcessHandle::isAlive);
    }

    /// All services of this run root.
    List<ProcessHandle> services() {
        return ProcessHandle.allProcesses().filter(this::isOurs).toList();
    }

    private boolean isOurs(ProcessHandle process) {
        try {
            var words = Files.readString(Path.of("/proc", Long.toString(process.pid()), "cmdline"));
            return words.contains("quarkus-run.jar") && words.contains(runRoot() + "\0");
        } catch (IOException _) {
            return false;
        }
    }

    void close() throws Exception {
        for (var service : services()) {
            service.destroyForcibly();
            service.onExit().get();
        }
    }
}
