package dev.kelpie.app.command.container;

import dev.kelpie.app.call.Call;
import dev.kelpie.app.call.Line;
import dev.kelpie.app.session.Signal;
import dev.kelpie.engine.Attachment;
import dev.kelpie.engine.fault.PodException;
import dev.kelpie.engine.report.ContainerStatus;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// A container in the foreground: its output here, its exit code ours.
final class Front {
    private static final Logger LOG = System.getLogger(Front.class.getName());

    private final Call call;
    private final String id;

    Front(Call call, String id) {
        this.call = call;
        this.id = id;
    }

    /// What is relayed.
    record Wishes(
            boolean terminal,
            boolean stdin,
            List<String> attach,
            String detachKeys,
            boolean proxy) {
        private boolean wants(String stream) {
            return attach.isEmpty() || attach.stream().anyMatch(stream::equalsIgnoreCase);
        }
    }

    /// Relays until the container ends, then its exit code; 0 when the user detaches.
    int untilEnd(Attachment attachment, Wishes wishes) throws InterruptedException {
        var signals =
                wishes.proxy()
                        ? Optional.<Consumer<Signal>>of(this::send)
                        : Optional.<Consumer<Signal>>empty();
        boolean stdin = wishes.stdin() && wishes.wants("stdin");
        try (attachment) {
            var detached =
                    Line.relay(
                            call.session(),
                            attachment,
                            new Line.Wishes(
                                    wishes.terminal(),
                                    stdin,
                                    wishes.wants("stdout"),
                                    wishes.wants("stderr"),
                                    wishes.detachKeys(),
                                    signals));
            if (detached) {
                return 0;
            }
        }
        return call.engine().containers().waitFor(id, Set.of(ContainerStatus.EXITED));
    }

    private void send(Signal signal) {
        try {
            call.engine().containers().kill(List.of(id), Integer.toString(signal.number()));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (PodException e) {
            // it may have ended a moment ago
            LOG.log(Level.DEBUG, "cannot pass signal " + signal.number() + " on", e);
        }
    }
}
