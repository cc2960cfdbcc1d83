package dev.kelpie.runtime.network;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kelpie.runtime.FileAccessException;
import dev.kelpie.runtime.NetworkException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// One slirp4netns for everything, where there is no pasta. The published ports are led in by its
/// API socket (slirp4netns(1)); a pod sees slirp's address as the client's.
final class SlirpUplink implements Uplink {

    private static final String PREFIX = "slirp-";
    private static final String GUEST = "10.0.2.100";

    private final Slirp slirp;
    private final Path folder;

    SlirpUplink(Slirp slirp, Path folder) {
        this.slirp = slirp;
        this.folder = folder;
    }

    @Override
    public String resolver() {
        return Slirp.RESOLVER;
    }

    @Override
    public void start() throws InterruptedException {
        if (!slirp.isRunning()) {
            ledOwners().forEach(this::forget); // by one that is gone
            slirp.start();
        }
    }

    /// Its API leads in IPv4 only, so pods get none from it either.
    @Override
    public void startSix() {}

    @Override
    public void stop() {
        slirp.stop();
        ledOwners().forEach(this::forget);
    }

    @Override
    public void begin(String owner, Collection<PublishedPort> ports, boolean six)
            throws InterruptedException {
        var wanted = SlirpForward.all(ports);
        requireNobodyElses(key(owner), wanted);
        // written first: who is killed on the way leaves it to tell what was led
        write(file(key(owner)), wanted.stream().map(SlirpForward::toString).toList());
        var done = false;
        try {
            var led = slirp.forwards();
            for (var forward : wanted) {
                if (!led.containsKey(forward)) {
                    lead(forward);
                }
            }
            done = true;
        } finally {
            if (!done) {
                endKey(key(owner));
            }
        }
    }

    /// Of UDP ports the kernel would give one to both.
    private void requireNobodyElses(String key, List<SlirpForward> wanted) {
        for (var other : ledOwners()) {
            if (!other.equals(key)) {
                for (var held : read(file(other))) {
                    wanted.stream()
                            .filter(held::meets)
                            .findFirst()
                            .ifPresent(forward -> {
                                throw refused(forward, "led in for another pod");
                            });
                }
            }
        }
    }

    private void lead(SlirpForward forward) {
        var answer =
                slirp.ask(
                        "add_hostfwd",
                        arguments()
                                .put("proto", forward.protocol())
                                .put("host_addr", forward.address())
                                .put("host_port", forward.port())
                                .put("guest_addr", GUEST)
                                .put("guest_port", forward.port()));
        if (!answer.at("/return/id").isInt()) {
            throw refused(
                    forward,
                    "in use, or permission denied (%s)"
                            .formatted(answer.at("/error/desc").asText("no reason given")));
        }
    }

    private static NetworkException refused(SlirpForward forward, String reason) {
        return new NetworkException(
                "cannot publish ports: slirp4netns does not listen on %s:%d/%s: %s"
                        .formatted(forward.address(), forward.port(), forward.protocol(), reason));
    }

    private static ObjectNode arguments() {
        return JsonNodeFactory.instance.objectNode();
    }

    @Override
    public void end(String owner) {
        endKey(key(owner));
    }

    private void endKey(String key) {
        if (!Files.exists(file(key))) {
            return;
        }
        if (slirp.isRunning()) {
            var led = slirp.forwards();
            for (var forward : read(file(key))) {
                if (led.containsKey(forward)) {
                    remove(led.get(forward));
                }
            }
        }
        forget(key);
    }

    private void remove(int id) {
        var _ = slirp.ask("remove_hostfwd", arguments().put("id", id));
    }

    @Override
    public void keepOnly(Collection<String> owners) {
        var kept = owners.stream().map(SlirpUplink::key).toList();
        ledOwners().stream().filter(key -> !kept.contains(key)).forEach(this::endKey);
    }

    /// Everything arrives at slirp's one address inside, whichever of the host's it came to.
    @Override
    public NetworkState inside(NetworkState state) {
        return state.withPorts(port -> port.withHostIp(Optional.empty()));
    }

    private static String key(String owner) {
        return NetworkRoot.sha256(owner).substring(0, 16);
    }

    private Path file(String key) {
        return folder.resolve(PREFIX + key);
    }

    private List<String> ledOwners() {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.matches(PREFIX + "[0-9a-f]{16}"))
                    .map(name -> name.substring(PREFIX.length()))
                    .toList();
        } catch (IOException _) {
            return List.of();
        }
    }

    private void forget(String key) {
        try {
            Files.deleteIfExists(file(key));
        } catch (IOException e) {
            throw new FileAccessException("cannot remove '" + file(key) + "'", e);
        }
    }

    private static void write(Path file, List<String> lines) {
        try {
            Files.write(file, lines);
        } catch (IOException e) {
            throw new FileAccessException("cannot write '" + file + "'", e);
        }
    }

    private static List<SlirpForward> read(Path file) {
        try {
            return Files.readAllLines(file).stream()
                    .flatMap(line -> SlirpForward.parse(line).stream())
                    .toList();
        } catch (IOException e) {
            throw new FileAccessException("cannot read '" + file + "'", e);
        }
    }
}
