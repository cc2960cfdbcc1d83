package dev.kelpie.runtime.network;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kelpie.runtime.FileAccessException;
import dev.kelpie.runtime.NetworkException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
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

    @Override
    public void stop() {
        slirp.stop();
        ledOwners().forEach(this::forget);
    }

    @Override
    public void begin(String owner, Collection<PublishedPort> ports) throws InterruptedException {
        if (Files.exists(file(key(owner)))) {
            return;
        }
        var ids = new ArrayList<String>();
        var done = false;
        try {
            for (var port : ports) {
                for (int i = 0; i < port.range(); i++) {
                    ids.add(lead(port, port.hostPort() + i));
                }
            }
            write(file(key(owner)), ids);
            done = true;
        } finally {
            if (!done) {
                ids.forEach(this::remove);
            }
        }
    }

    private String lead(PublishedPort port, int number) {
        var address = port.hostIp().map(ip -> ip.getHostAddress()).orElse("0.0.0.0");
        var answer =
                slirp.ask(
                        "add_hostfwd",
                        arguments()
                                .put("proto", port.protocol().word())
                                .put("host_addr", address)
                                .put("host_port", number)
                                .put("guest_addr", GUEST)
                                .put("guest_port", number));
        var id = answer.at("/return/id");
        if (!id.isInt()) {
            throw new NetworkException(
                    "cannot publish ports: slirp4netns does not listen on %s:%d/%s: in use, or permission denied (%s)"
                            .formatted(
                                    address,
                                    number,
                                    port.protocol().word(),
                                    answer.at("/error/desc").asText("no reason given")));
        }
        return id.asText();
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
            read(file(key)).forEach(this::remove);
        }
        forget(key);
    }

    private void remove(String id) {
        var _ = slirp.ask("remove_hostfwd", arguments().put("id", Integer.parseInt(id)));
    }

    @Override
    public void keepOnly(Collection<String> owners) {
        var kept = owners.stream().map(SlirpUplink::key).toList();
        ledOwners().stream().filter(key -> !kept.contains(key)).forEach(this::endKey);
    }

    /// Everything arrives at slirp's one address inside, whichever of the host's it came to.
    @Override
    public NetworkState inside(NetworkState state) {
        var anywhere = new HashMap<String, List<PublishedPort>>();
        state.ports()
                .forEach((owner, ports) ->
                        anywhere.put(owner, ports.stream().map(SlirpUplink::anywhere).toList()));
        return new NetworkState(state.networks(), state.attachments(), anywhere, state.services());
    }

    private static PublishedPort anywhere(PublishedPort port) {
        return new PublishedPort(
                Optional.empty(),
                port.hostPort(),
                port.containerPort(),
                port.range(),
                port.protocol());
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

    private static List<String> read(Path file) {
        try {
            return Files.readAllLines(file).stream()
                    .filter(id -> id.matches("[0-9]{1,9}"))
                    .toList();
        } catch (IOException e) {
            throw new FileAccessException("cannot read '" + file + "'", e);
        }
    }
}
