package dev.kelpie.engine;

import dev.kelpie.engine.fault.PodException;
import dev.kelpie.engine.probe.Answer;
import dev.kelpie.engine.probe.Asker;
import dev.kelpie.engine.probe.Dialler;
import dev.kelpie.engine.probe.NetworkAsker;
import dev.kelpie.engine.report.NetworkAttachment;
import dev.kelpie.engine.sandbox.RunFacts;
import dev.kelpie.engine.spec.Handler;
import dev.kelpie.engine.state.ContainerRow;
import dev.kelpie.engine.state.State;
import dev.kelpie.runtime.HostException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Asks one run of a container: by a command in it, or over the pod's own network without any
/// process.
final class Questions implements Asker {

    private static final int LONGEST_OUTPUT = 10 * 1024;

    private final Core core;
    private final ContainerRow row;
    private final RunFacts facts;
    private final NetworkAsker network;

    Questions(Core core, ContainerRow row, RunFacts facts) {
        this.core = core;
        this.row = row;
        this.facts = facts;
        this.network = new NetworkAsker(new PodNetworkDialler());
    }

    @Override
    public Answer ask(Handler.OfProbe question, Duration timeout) throws InterruptedException {
        try {
            return switch (question) {
                case Handler.Exec(List<String> command) -> run(command, timeout);
                case Handler.HttpGet get -> network.ask(get, timeout);
                case Handler.TcpSocket tcp -> network.ask(tcp, timeout);
                case Handler.Grpc grpc -> network.ask(grpc, timeout);
            };
        } catch (PodException | HostException e) {
            return new Answer(1, "" + e.getMessage());
        }
    }

    /// Runs a command; one that takes longer is killed.
    private Answer run(List<String> command, Duration timeout) throws InterruptedException {
        var request = ExecRequest.of(command.toArray(String[]::new));
        try (var session = new Execs(core).quiet(row, request)) {
            var output = new Cut();
            var code =
                    Deadline.within(
                            timeout,
                            () -> {
                                session.relayOutput(output, output);
                                return session.waitForEnd();
                            });
            return code.map(exit -> new Answer(exit, output.text()))
                    .orElseGet(() ->
                            new Answer(
                                    1,
                                    "command timed out: \""
                                            + String.join(" ", command)
                                            + "\" timed out after "
                                            + timeout.toSeconds()
                                            + "s"));
        }
    }

    /// Keeps the begin and drops the rest, however much it is.
    private static final class Cut extends OutputStream {

        private final ByteArrayOutputStream kept = new ByteArrayOutputStream();

        @Override
        public synchronized void write(int b) {
            if (kept.size() < LONGEST_OUTPUT) {
                kept.write(b);
            }
        }

        @Override
        public synchronized void write(byte[] bytes, int offset, int length) {
            var room = Math.min(length, LONGEST_OUTPUT - kept.size());
            if (room > 0) {
                kept.write(bytes, offset, room);
            }
        }

        synchronized String text() {
            return kept.toString(StandardCharsets.UTF_8);
        }
    }

    private record Known(State state, InetAddress address) {}

    private final class PodNetworkDialler implements Dialler {

        private volatile @Nullable Known known;

        @Override
        public SocketChannel socket(boolean ipv6) throws IOException, InterruptedException {
            return core.parts.kernel().socket(facts.init(), ipv6);
        }

        /// Asked at every turn, and the same until something in the state changes.
        @Override
        @SuppressWarnings("ReferenceEquality") // to compare two states costs more than to look
        public InetAddress self() {
            var now = core.store.now();
            var before = known;
            if (before == null || before.state() != now) {
                before = new Known(now, address(now));
                known = before;
            }
            return before.address();
        }

        private InetAddress address(State state) {
            return core.networks.facts(state, row.pod()).stream()
                    .map(NetworkAttachment::addresses)
                    .flatMap(List::stream)
                    .findFirst()
                    .flatMap(Questions::address)
                    .orElseGet(InetAddress::getLoopbackAddress);
        }
    }

    private static Optional<InetAddress> address(String withPrefix) {
        try {
            var slash = withPrefix.indexOf('/');
            var bare = slash < 0 ? withPrefix : withPrefix.substring(0, slash);
            return Optional.of(InetAddress.getByName(bare));
        } catch (UnknownHostException _) {
            return Optional.empty();
        }
    }
}
