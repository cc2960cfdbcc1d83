package dev.kelpie.runtime.network;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kelpie.runtime.Command;
import dev.kelpie.runtime.FileAccessException;
import dev.kelpie.runtime.NetworkException;
import dev.kelpie.runtime.Programs;
import dev.kelpie.runtime.kernel.ProcessIdentity;
import dev.kelpie.runtime.kernel.Signal;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A slirp4netns process with its interface in one network namespace, see slirp4netns(1). It is
/// ended, or ends with the host: files below a folder tell the next service of it.
final class Slirp {

    /// By which a guest asks the resolver of the host.
    static final String RESOLVER = "10.0.2.3";

    private static final Duration LONGEST = Duration.ofSeconds(10);
    private static final long POLL_MILLIS = 2;
    private static final int MOST_ANSWER = 1 << 20;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path folder;
    private final Path namespace;

    Slirp(Path folder, Path namespace) {
        this.folder = folder;
        this.namespace = namespace;
    }

    boolean isRunning() {
        return running().isPresent();
    }

    /// Starts it and waits until its interface is there.
    void start() throws InterruptedException {
        var program = Programs.require("slirp4netns", "slirp4netns").toString();
        stop();
        // an orphan of its own session; it says on descriptor 3 that it is ready
        var script =
                "exec setsid -f sh -c 'echo $$ >\"$0.pid\"; exec \"$@\" </dev/null >\"$0.log\" 2>&1 3>\"$0.ready\"' \"$0\" \"$@\"";
        var argv = new ArrayList<>(List.of("sh", "-c", script, file("").toString()));
        argv.addAll(List.of(program, "--configure", "--mtu", "65520", "--disable-host-loopback"));
        argv.addAll(List.of("--ready-fd", "3", "--api-socket", socket().toString()));
        argv.addAll(List.of("--netns-type", "path", namespace.toString(), "tap0"));
        Command.of(argv).run();
        var deadline = System.nanoTime() + LONGEST.toNanos();
        while (text(file(".ready")).isEmpty()) {
            var began = !text(file(".pid")).isEmpty();
            if (System.nanoTime() > deadline || (began && !isRunning())) {
                throw new NetworkException(
                        "slirp4netns does not start: "
                                + text(file(".log")).lines().findFirst().orElse("no reason given"));
            }
            Thread.sleep(POLL_MILLIS);
        }
    }

    /// Ends it, if it runs; its interface goes with it.
    void stop() {
        running().ifPresent(process -> process.signal(Signal.TERM));
        for (var suffix : List.of(".pid", ".log", ".ready", ".sock")) {
            try {
                Files.deleteIfExists(file(suffix));
            } catch (IOException e) {
                throw new FileAccessException("cannot remove '" + file(suffix) + "'", e);
            }
        }
    }

    /// One request to the API socket; the answer has `return` or `error`.
    JsonNode ask(String what, ObjectNode arguments) {
        var request = JsonNodeFactory.instance.objectNode().put("execute", what);
        request.set("arguments", arguments);
        try (var channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(socket()));
            var bytes = ByteBuffer.wrap(request.toString().getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.shutdownOutput();
            return JSON.readTree(Channels.newInputStream(channel).readNBytes(MOST_ANSWER));
        } catch (IOException e) {
            throw new NetworkException("cannot talk to slirp4netns: " + e.getMessage(), e);
        }
    }

    /// What it leads in now, with its number for each.
    Map<SlirpForward, Integer> forwards() {
        var answer = ask("list_hostfwd", JsonNodeFactory.instance.objectNode());
        var forwards = new HashMap<SlirpForward, Integer>();
        // slirp4netns(1) shows them in `return`, versions leave that out
        var given = answer.has("return") ? answer.path("return") : answer;
        for (var entry : given.path("entries")) {
            var forward =
                    new SlirpForward(
                            entry.path("proto").asText(),
                            entry.path("host_addr").asText(),
                            entry.path("host_port").asInt());
            forwards.put(forward, entry.path("id").asInt());
        }
        return forwards;
    }

    private Optional<ProcessIdentity> running() {
        return new StartedProcess(file(".pid"), List.of(socket().toString())).find();
    }

    private Path socket() {
        return file(".sock");
    }

    private Path file(String suffix) {
        return folder.resolve("slirp" + suffix);
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException _) {
            return "";
        }
    }
}
