package dev.kelpie.engine;

import dev.kelpie.engine.report.ResolvedProcess;
import dev.kelpie.engine.spec.Logging;
import dev.kelpie.engine.spec.Manner;
import dev.kelpie.engine.state.ContainerRow;
import dev.kelpie.runtime.Programs;
import dev.kelpie.runtime.conmon.ConmonHabits;
import dev.kelpie.runtime.spec.Mount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/// What a container's upkeep means for its conmon, its process and its mounts.
final class Habits {
    private static final Path JOURNAL = Path.of("/run/systemd/journal/socket");

    /// The copy that `logs` reads, where the journal keeps the lines.
    private static final long COPY_BYTES = 10L << 20;

    private static final String INIT = "/run/podman-init";
    private static final String NOTIFY = "/run/notify";

    private Habits() {}

    static ConmonHabits of(ContainerRow row) {
        var upkeep = row.spec().policy().upkeep();
        return new ConmonHabits(
                logs(upkeep.log()),
                mostBytes(upkeep.log()),
                upkeep.log().driver() == Logging.Driver.JOURNALD
                        ? upkeep.log().tag()
                        : java.util.Optional.empty(),
                upkeep.notifySocket(),
                upkeep.longestRun());
    }

    private static List<String> logs(Logging log) {
        return switch (log.driver()) {
            case K8S_FILE -> List.of();
            case JOURNALD -> Files.exists(JOURNAL) ? List.of("journald:") : List.of();
            case NONE -> List.of("none");
        };
    }

    private static OptionalLong mostBytes(Logging log) {
        return switch (log.driver()) {
            case K8S_FILE -> log.maxBytes();
            case JOURNALD -> OptionalLong.of(log.maxBytes().orElse(COPY_BYTES));
            case NONE -> OptionalLong.empty();
        };
    }

    /// The process with its init before it, and knowing whom to notify.
    static ResolvedProcess dressed(ContainerRow row, ResolvedProcess process) {
        var upkeep = row.spec().policy().upkeep();
        var entrypoint = new ArrayList<String>();
        if (upkeep.init()) {
            entrypoint.addAll(List.of(INIT, "--"));
        }
        entrypoint.addAll(process.entrypoint());
        var env = new ArrayList<>(process.env());
        if (upkeep.notifySocket().isPresent()) {
            env.removeIf(entry -> entry.startsWith("NOTIFY_SOCKET="));
            env.add("NOTIFY_SOCKET=" + NOTIFY + "/notify.sock");
        }
        if (manner(row).runsSystemd(process.argv())) {
            env.add("container_uuid=" + uuid(row.id()));
        }
        return new ResolvedProcess(
                entrypoint,
                process.arguments(),
                env,
                process.workingDir(),
                process.user(),
                process.stopSignal());
    }

    private static Manner manner(ContainerRow row) {
        return row.spec().policy().lifecycle().manner();
    }

    /// The first half of an id, as systemd takes a machine's from it.
    private static String uuid(String id) {
        return id.replaceFirst("(.{8})(.{4})(.{4})(.{4})(.{12}).*", "$1-$2-$3-$4-$5");
    }

    /// What the upkeep needs inside; conmon listens in the folder that is made here.
    static List<Mount> mounts(ContainerRow row, Path bundle) throws IOException {
        var upkeep = row.spec().policy().upkeep();
        var mounts = new ArrayList<Mount>();
        if (upkeep.init()) {
            var own = manner(row).initPath();
            var program = own.isPresent() ? own.get() : Programs.require("catatonit", "catatonit");
            mounts.add(Mount.bind(program, INIT, true));
        }
        if (upkeep.notifySocket().isPresent()) {
            var folder = bundle.resolve("notify");
            Files.createDirectories(folder);
            mounts.add(Mount.bind(folder, NOTIFY, false));
        }
        return mounts;
    }
}
