package dev.kelpie.runtime.oci;

import dev.kelpie.runtime.Command;
import dev.kelpie.runtime.ContainerGoneException;
import dev.kelpie.runtime.ContainerStartException;
import dev.kelpie.runtime.ContainerStartException.Reason;
import dev.kelpie.runtime.cgroup.ResourceLimits;
import dev.kelpie.runtime.oci.ContainerState.Status;
import dev.kelpie.runtime.spec.OciProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/// An OCI runtime that only remembers. Containers have the names conmon was told (`create NAME`);
/// every call is recorded as `VERB NAME`, whatever way it was called for. Thread-safe. `FakeConmon`
/// puts containers in and gives them their ends.
public final class FakeOciRuntime implements OciRuntime {

    private final List<String> calls = new CopyOnWriteArrayList<>();
    private final Map<String, Entry> containers = new ConcurrentHashMap<>();
    private final Map<String, String> names = new ConcurrentHashMap<>();
    private final Set<String> failing = ConcurrentHashMap.newKeySet();
    private final Set<String> stubborn = ConcurrentHashMap.newKeySet();

    /// What `exec` answers.
    private volatile Command.Result execResult = new Command.Result(0, "", "");

    private record Entry(Status status, EndListener onEnd) {}

    /// Told the exit code when a container ends.
    public interface EndListener {
        void ended(int code);
    }

    /// Everything called so far, in order: `create web`, `start web`, `kill web 15`, `delete web`.
    public List<String> calls() {
        return List.copyOf(calls);
    }

    /// From now on `start` of this container fails.
    public void failStartOf(String name) {
        failing.add("start " + name);
    }

    /// From now on `update` of this container fails.
    public void failUpdateOf(String name) {
        failing.add("update " + name);
    }

    /// From now on `create` of this container fails.
    public void failCreateOf(String name) {
        failing.add("create " + name);
    }

    /// This container ignores every signal but KILL.
    public void ignoreSignalsIn(String name) {
        stubborn.add(name);
    }

    public void answerExecWith(Command.Result result) {
        execResult = result;
    }

    /// Ends a running container as if by itself.
    public void end(String name, int code) {
        names.forEach((id, its) -> {
            if (its.equals(name) && containers.containsKey(id)) {
                stop(id, code);
            }
        });
    }

    /// Called by the fake conmon.
    public void create(String id, String name, EndListener onEnd) {
        calls.add("create " + name);
        names.put(id, name);
        if (failing.contains("create " + name)) {
            throw new ContainerStartException(
                    Reason.NOT_FOUND, "cannot create container '" + name + "': made to fail");
        }
        containers.put(id, new Entry(Status.CREATED, onEnd));
    }

    private String nameOf(String id) {
        return names.getOrDefault(id, id);
    }

    private void stop(String id, int code) {
        var entry = containers.get(id);
        if (entry != null && entry.status() != Status.STOPPED) {
            containers.put(id, new Entry(Status.STOPPED, entry.onEnd()));
            entry.onEnd().ended(code);
        }
    }

    private Entry living(String id) {
        var entry = containers.get(id);
        if (entry == null || entry.status() == Status.STOPPED) {
            throw new ContainerGoneException("container '" + id + "' is not running");
        }
        return entry;
    }

    @Override
    public String name() {
        return "fake";
    }

    @Override
    public Path program() {
        return Path.of("/fake/runtime");
    }

    @Override
    public Path executable() {
        return program();
    }

    @Override
    public List<String> creator() {
        return List.of(program().toString());
    }

    @Override
    public String version() {
        return "1.0";
    }

    @Override
    public List<String> globalArguments() {
        return List.of();
    }

    @Override
    public OciRuntime withState(Path folder) {
        return this;
    }

    @Override
    public void start(String id) {
        calls.add("start " + nameOf(id));
        if (failing.contains("start " + nameOf(id))) {
            throw new ContainerStartException(
                    Reason.OTHER, "cannot start container '" + nameOf(id) + "': made to fail");
        }
        var entry = containers.get(id);
        if (entry == null || entry.status() != Status.CREATED) {
            throw new ContainerStartException(
                    Reason.OTHER, "cannot start container '" + nameOf(id) + "'");
        }
        containers.put(id, new Entry(Status.RUNNING, entry.onEnd()));
    }

    @Override
    public boolean kill(String id, int signal, boolean all) {
        calls.add("kill " + nameOf(id) + " " + signal);
        var entry = containers.get(id);
        if (entry == null || entry.status() == Status.STOPPED) {
            return false;
        }
        if (signal == 9 || !stubborn.contains(nameOf(id))) {
            stop(id, 128 + signal);
        }
        return true;
    }

    @Override
    public void delete(String id, boolean force) {
        calls.add("delete " + nameOf(id));
        var entry = containers.get(id);
        if (entry == null && !force) {
            throw new ContainerGoneException("container '" + id + "' is not running");
        }
        stop(id, 137);
        containers.remove(id);
    }

    @Override
    public Optional<ContainerState> state(String id) {
        return Optional.ofNullable(containers.get(id))
                .map(entry ->
                        new ContainerState(
                                id, entry.status(), entry.status() == Status.STOPPED ? 0 : 1));
    }

    @Override
    public Command.Result exec(String id, OciProcess process, Duration timeout) {
        calls.add("exec " + nameOf(id) + " " + String.join(" ", process.args()));
        living(id);
        return execResult;
    }

    @Override
    public Optional<byte[]> seccompProgram(String id) {
        return Optional.empty();
    }

    @Override
    public void pause(String id) {
        calls.add("pause " + nameOf(id));
        containers.put(id, new Entry(Status.PAUSED, living(id).onEnd()));
    }

    @Override
    public void resume(String id) {
        calls.add("resume " + nameOf(id));
        containers.put(id, new Entry(Status.RUNNING, living(id).onEnd()));
    }

    @Override
    public void update(String id, ResourceLimits limits, GroupWords words) {
        calls.add("update " + nameOf(id));
        living(id);
        if (failing.contains("update " + nameOf(id))) {
            throw new ContainerStartException(
                    Reason.OTHER, "cannot update container '" + nameOf(id) + "': made to fail");
        }
    }

    /// The names of the containers that are there now, in any status.
    public Set<String> containers() {
        var there = new HashSet<String>();
        containers.keySet().forEach(id -> there.add(nameOf(id)));
        return there;
    }
}
