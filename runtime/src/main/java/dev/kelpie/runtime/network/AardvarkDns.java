package dev.kelpie.runtime.network;

import dev.kelpie.runtime.Command;
import dev.kelpie.runtime.FileAccessException;
import dev.kelpie.runtime.NetworkException;
import dev.kelpie.runtime.Programs;
import dev.kelpie.runtime.kernel.ProcessIdentity;
import dev.kelpie.runtime.kernel.Signal;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// One aardvark-dns for an engine root: we write its files, it answers on the gateways' port 53.
///
/// Files below `aardvark-dns`: one for each network (see `AardvarkFile`), and `aardvark.pid` which
/// it writes itself. It reads them again on SIGHUP, and ends by itself when there are none.
final class AardvarkDns {

    private static final String PID_FILE = "aardvark.pid";
    private static final Duration READY_WITHIN = Duration.ofSeconds(3);
    private static final Duration READ_WITHIN = Duration.ofMillis(300);
    private static final FileTime UNREAD = FileTime.from(Instant.ofEpochSecond(1));
    private static final long POLL_MILLIS = 2;

    private final NetworkRoot root;
    private final Path folder;
    private final HostCommands host;
    private boolean searched;
    private Optional<ProcessIdentity> known = Optional.empty();

    AardvarkDns(NetworkRoot root, HostCommands host) {
        this.root = root;
        this.host = host;
        folder = root.directory().resolve("aardvark-dns");
    }

    /// Answers for the names of this state, and no others, from now on.
    void serve(NetworkState state) throws InterruptedException {
        var wanted = AardvarkFile.render(state);
        if (wanted.isEmpty() && !Files.isDirectory(folder)) {
            return;
        }
        var changed = write(wanted);
        var process = running();
        if (wanted.isEmpty()) {
            stop();
            return;
        }
        if (process.isEmpty()) {
            start();
        } else if (changed.any()) {
            process.get().signal(Signal.HUP);
            awaitReading(changed.written());
        } else {
            return;
        }
        awaitSockets(gateways(state));
    }

    /// Ends it, if it runs, and waits until it has.
    void stop() throws InterruptedException {
        var process = running();
        if (process.isPresent()) {
            process.get().signal(Signal.TERM);
            var deadline = System.nanoTime() + READY_WITHIN.toNanos();
            while (process.get().isAlive() && System.nanoTime() < deadline) {
                Thread.sleep(POLL_MILLIS);
            }
            if (process.get().isAlive()) {
                process.get().signal(Signal.KILL);
            }
        }
        delete(folder.resolve(PID_FILE));
    }

    /// Whether one was started that was not stopped.
    boolean hasRemains() {
        return Files.exists(folder.resolve(PID_FILE));
    }

    /// Removes whatever is left in its folder, and the root's folder if that leaves it empty.
    void removeFiles() {
        for (var file : files()) {
            delete(file);
        }
        delete(folder);
        delete(log());
        delete(fresh());
        if (isEmpty(root.directory())) {
            delete(root.directory());
        }
    }

    private static boolean isEmpty(Path directory) {
        try (var files = Files.list(directory)) {
            return files.findAny().isEmpty();
        } catch (IOException e) {
            return false;
        }
    }

    /// The process that serves this folder, by its pid file, or by looking at all processes where
    /// somebody removed that: a lost one would hold port 53 for ever.
    Optional<ProcessIdentity> running() {
        var process = process();
        var found = process.find();
        if (found.isPresent()) {
            known = found;
        } else if (searched) {
            known = known.filter(ProcessIdentity::isAlive);
        } else {
            // once: later ones we have seen
            searched = true;
            known = process.search();
        }
        return known;
    }

    private StartedProcess process() {
        return new StartedProcess(
                folder.resolve(PID_FILE), List.of("aardvark-dns", "--config", folder.toString()));
    }

    private void start() throws InterruptedException {
        var program =
                Programs.find("aardvark-dns")
                        .orElseThrow(() ->
                                new DnsUnavailableException(
                                        "program 'aardvark-dns' not found"
                                                + " (apt-get install aardvark-dns)"));
        delete(folder.resolve(PID_FILE));
        // it goes to the background by itself, but stays in the session; what it prints goes to a
        // file
        var script = "exec setsid -w \"$@\" </dev/null >\"$0\" 2>&1";
        var argv = new ArrayList<>(host.inHost(withResolver(script)));
        argv.addAll(List.of(program.toString(), "--config", folder.toString(), "-p", "53", "run"));
        Command.of(argv).run();
    }

    /// It asks whom its /etc/resolv.conf names; without root that shall be pasta.
    private List<String> withResolver(String script) {
        var resolver = RootlessBackend.resolver(root);
        if (!Files.exists(resolver)) {
            return List.of("sh", "-c", script, log().toString());
        }
        var mounting =
                "mount --bind %s /etc/resolv.conf && %s"
                        .formatted(HostCommands.quoted(resolver.toString()), script);
        return List.of("unshare", "--mount", "sh", "-c", mounting, log().toString());
    }

    /// Until it has read the new files nobody may ask for a new name. It does not tell; the files'
    /// access times do, and where nobody keeps those we go on after a moment.
    private static void awaitReading(List<Path> files) throws InterruptedException {
        var deadline = System.nanoTime() + READ_WITHIN.toNanos();
        while (!files.stream().allMatch(AardvarkDns::isRead) && System.nanoTime() < deadline) {
            Thread.sleep(POLL_MILLIS);
        }
    }

    private static boolean isRead(Path file) {
        try {
            var times = Files.readAttributes(file, BasicFileAttributes.class);
            return !times.lastAccessTime().equals(UNREAD);
        } catch (IOException e) {
            return false;
        }
    }

    /// aardvark-dns 1.4 only logs when it cannot bind, and starts before it has.
    private void awaitSockets(Set<InetAddress> gateways) throws InterruptedException {
        var deadline = System.nanoTime() + READY_WITHIN.toNanos();
        while (true) {
            var process = running();
            var missing = new HashSet<>(gateways);
            if (process.isPresent()) {
                missing.removeAll(UdpSockets.boundTo(53, process.get().pid()));
            }
            if (missing.isEmpty()) {
                return;
            }
            if (System.nanoTime() > deadline) {
                throw notListening(missing.iterator().next());
            }
            Thread.sleep(POLL_MILLIS);
        }
    }

    private DnsUnavailableException notListening(InetAddress gateway) {
        var holder = root.hostNamespace().isPresent() ? "" : PortHolder.find(Protocol.UDP, 53);
        var said = AardvarkFile.lastLine(log());
        return new DnsUnavailableException(
                "aardvark-dns does not listen on %s:53%s%s"
                        .formatted(
                                gateway.getHostAddress(),
                                holder.isEmpty() ? "" : ", port 53 is held by " + holder,
                                said.isEmpty() ? "" : ": " + said));
    }

    private static Set<InetAddress> gateways(NetworkState state) {
        var gateways = new HashSet<InetAddress>();
        state.used().stream()
                .filter(BridgeNetwork::dnsEnabled)
                .forEach(network -> gateways.add(network.gateway()));
        return gateways;
    }

    private record Changes(List<Path> written, boolean any) {}

    /// Makes the folder hold exactly these files.
    private Changes write(Map<String, String> wanted) {
        try {
            Files.createDirectories(folder);
            var removed = false;
            for (var file : files()) {
                var name = file.getFileName().toString();
                if (!wanted.containsKey(name) && !name.equals(PID_FILE)) {
                    delete(file);
                    removed = true;
                }
            }
            var written = new ArrayList<Path>();
            for (var entry : wanted.entrySet()) {
                var file = folder.resolve(entry.getKey());
                if (writeIfDifferent(file, entry.getValue())) {
                    written.add(file);
                }
            }
            return new Changes(written, removed || !written.isEmpty());
        } catch (IOException e) {
            throw new FileAccessException("cannot write in '" + folder + "'", e);
        }
    }

    private boolean writeIfDifferent(Path file, String text) throws IOException {
        if (Files.exists(file) && Files.readString(file).equals(text)) {
            return false;
        }
        // Not in the folder: it takes every file there for a network.
        Files.writeString(fresh(), text);
        Files.getFileAttributeView(fresh(), BasicFileAttributeView.class)
                .setTimes(UNREAD, UNREAD, null);
        Files.move(fresh(), file, StandardCopyOption.ATOMIC_MOVE);
        return true;
    }

    private List<Path> files() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var all = Files.list(folder)) {
            return all.toList();
        } catch (IOException e) {
            throw new FileAccessException("cannot list '" + folder + "'", e);
        }
    }

    private Path fresh() {
        return root.directory().resolve("aardvark-new");
    }

    private Path log() {
        return root.directory().resolve("aardvark.log");
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new NetworkException("cannot remove '" + file + "': " + e.getMessage(), e);
        }
    }
}
