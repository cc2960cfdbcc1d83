package dev.kelpie.app.call;

import dev.kelpie.app.session.Session;
import dev.kelpie.engine.Containers;
import dev.kelpie.engine.fault.ContainerNotFoundException;
import dev.kelpie.engine.report.Health;
import dev.kelpie.engine.spec.Upkeep;
import dev.kelpie.runtime.HostException;
import dev.kelpie.runtime.ServiceNotice;
import dev.kelpie.runtime.cgroup.UnitGroup;
import java.util.List;
import java.util.Optional;

/// The systemd unit whose command this is, if it is one.
///
/// @param group its control group
/// @param notifySocket where systemd listens for what its services say; empty: it does not
/// @param name `web.service`, as unit files made from quadlets say it; perhaps empty
public record Unit(Optional<String> group, Optional<String> notifySocket, Optional<String> name) {

    private static final long LOOK_MILLIS = 100;
    private static final int LOOKS_FOR_A_CHECK = 20;

    /// The unit of the session's client.
    public static Unit of(Session session) {
        var environment = session.environment();
        boolean inUnit =
                environment.containsKey("INVOCATION_ID")
                        || environment.containsKey("NOTIFY_SOCKET");
        var group =
                inUnit && session.processId().isPresent()
                        ? UnitGroup.of(session.processId().getAsInt())
                        : Optional.<String>empty();
        return new Unit(
                group,
                said(environment.get("NOTIFY_SOCKET")),
                said(environment.get("PODMAN_SYSTEMD_UNIT")));
    }

    private static Optional<String> said(@org.jspecify.annotations.Nullable String word) {
        return Optional.ofNullable(word).filter(text -> !text.isEmpty());
    }

    /// Starts a container for the unit. systemd knows its main process before the command is let
    /// go, so that it hears the exit code of the shortest one, and that it is ready when it is.
    public void start(Call call, String container) throws InterruptedException {
        var containers = call.engine().containers();
        containers.start(container, keeper -> isMain(call, container, keeper));
        tellReady(call, container);
    }

    /// Tells systemd of a container that was started before.
    public void started(Call call, String container) throws InterruptedException {
        var keeper = call.engine().containers().keeper(container);
        if (keeper.isPresent()) {
            isMain(call, container, keeper.get());
            tellReady(call, container);
        }
    }

    /// On behalf of the command, which is in the unit: the keeper of one that was made elsewhere is
    /// not.
    private void isMain(Call call, String container, int keeper) throws InterruptedException {
        if (isHeard() && says(call, container) != Upkeep.Says.IGNORE) {
            int speaker = call.session().processId().orElse(keeper);
            tell(call, speaker, List.of("MAINPID=" + keeper));
        }
    }

    /// On behalf of the command, which is there as long as this takes: a container is not.
    private void tellReady(Call call, String container) throws InterruptedException {
        var speaker = call.session().processId();
        if (!isHeard() || speaker.isEmpty()) {
            return;
        }
        switch (says(call, container)) {
            case CONMON -> tell(call, speaker.getAsInt(), List.of("READY=1"));
            case HEALTHY -> {
                awaitHealthy(call.engine().containers(), container);
                tell(call, speaker.getAsInt(), List.of("READY=1"));
            }
            case CONTAINER, IGNORE -> {}
        }
    }

    /// Whether systemd waits for words.
    public boolean isHeard() {
        return notifySocket.isPresent() && group.isPresent();
    }

    /// Nobody speaks for a container that has ended and gone. One that was made where no systemd
    /// listens cannot say that it is ready: it is when it runs.
    private static Upkeep.Says says(Call call, String container) throws InterruptedException {
        try {
            var upkeep = call.engine().containers().find(container).spec().policy().upkeep();
            boolean mute =
                    upkeep.says() == Upkeep.Says.CONTAINER && upkeep.notifySocket().isEmpty();
            return mute ? Upkeep.Says.CONMON : upkeep.says();
        } catch (ContainerNotFoundException _) {
            return Upkeep.Says.IGNORE;
        }
    }

    /// systemd has the longest time in its hands; it ends this command when it has passed.
    private static void awaitHealthy(Containers containers, String container)
            throws InterruptedException {
        for (int looks = 0; ; looks++) {
            var state = containers.find(container).state();
            var health = state.health().map(Health::status).orElse("");
            if (health.equals(Health.HEALTHY)) {
                return;
            }
            if (!state.running()) {
                throw new CommandException(
                        "container '" + container + "' ended before it was healthy");
            }
            if (health.isEmpty() && looks == LOOKS_FOR_A_CHECK) {
                throw new CommandException(
                        "container '" + container + "' has no health check to wait for");
            }
            Thread.sleep(LOOK_MILLIS);
        }
    }

    /// Sends words to systemd on behalf of one of the unit's processes.
    public void tell(Call call, int process, List<String> words) throws InterruptedException {
        if (!isHeard()) {
            return;
        }
        try {
            ServiceNotice.send(notifySocket.orElseThrow(), group.orElseThrow(), process, words);
        } catch (HostException | IllegalArgumentException e) {
            call.note("Warning: cannot notify systemd: " + e.getMessage());
        }
    }
}
