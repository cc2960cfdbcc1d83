package dev.kelpie.app.command.container;

import dev.kelpie.app.call.Call;
import dev.kelpie.app.call.Unit;
import dev.kelpie.app.flag.FlagException;
import dev.kelpie.app.flag.LogFlag;
import dev.kelpie.engine.spec.Grouping;
import dev.kelpie.engine.spec.Upkeep;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Option;

/// Flags on who keeps a new container from outside: conmon, its log, its control group, systemd.
final class UnitFlags {
    @Option(
            names = "--cgroups",
            description =
                    "enabled (default), split: with conmon below the unit's group, no-conmon: conmon"
                            + " stays in the caller's")
    String cgroups = "enabled";

    @Option(names = "--cgroup-parent", description = "Control group to make the container's in")
    String cgroupParent = "";

    @Option(
            names = "--sdnotify",
            description =
                    "Who tells systemd that it is ready: container (default), conmon, healthy,"
                            + " ignore")
    String sdnotify = "container";

    @Option(names = "--conmon-pidfile", description = "File for the process id of its conmon")
    String conmonPidFile = "";

    @Option(
            names = "--log-driver",
            description =
                    "k8s-file (default), journald (default in a quadlet's unit), json-file, none")
    String logDriver = "";

    @Option(names = "--log-opt", description = "max-size=10m, tag=NAME")
    List<String> logOptions = new ArrayList<>();

    @Option(names = "--init", arity = "0..1", description = "A small init as process 1")
    boolean init;

    @Option(names = "--timeout", description = "Seconds after which it is killed")
    long timeout;

    /// What the flags say.
    ///
    /// @param background nobody waits for its end
    Upkeep upkeep(Call call, boolean background, boolean remove) {
        var unit = Unit.of(call.session());
        var says = says();
        if (timeout < 0) {
            throw FlagException.meaning("--timeout must not be negative, was \"" + timeout + "\"");
        }
        return new Upkeep(
                LogFlag.parse(logDriver, logOptions, background && unit.name().isPresent()),
                grouping(unit),
                conmonPidFile.isEmpty() ? Optional.empty() : Optional.of(call.path(conmonPidFile)),
                says,
                says == Upkeep.Says.CONTAINER
                        ? unit.notifySocket().filter(path -> path.startsWith("/")).map(Path::of)
                        : Optional.empty(),
                timeout == 0 ? Optional.empty() : Optional.of(Duration.ofSeconds(timeout)),
                remove,
                init);
    }

    private Upkeep.Says says() {
        return switch (sdnotify) {
            case "conmon", "container", "healthy", "ignore" ->
                    Upkeep.Says.valueOf(sdnotify.toUpperCase(Locale.ROOT));
            default ->
                    throw FlagException.meaning(
                            "invalid --sdnotify \""
                                    + sdnotify
                                    + "\": use container, conmon, healthy or ignore");
        };
    }

    private Grouping grouping(Unit unit) {
        var caller = unit.group();
        return switch (cgroups) {
            case "enabled" -> parent();
            case "split" ->
                    caller.map(group -> Grouping.of(Grouping.Mode.SPLIT, group)).orElse(parent());
            case "no-conmon" ->
                    caller.map(group -> Grouping.of(Grouping.Mode.CALLERS_CONMON, group))
                            .orElse(parent());
            case "disabled" ->
                    throw FlagException.meaning(
                            "--cgroups=disabled is not supported: every container has a group, by"
                                    + " which it can be ended; use enabled, split or no-conmon");
            default ->
                    throw FlagException.meaning(
                            "invalid --cgroups \""
                                    + cgroups
                                    + "\": use enabled, split or no-conmon");
        };
    }

    private Grouping parent() {
        if (cgroupParent.isEmpty()) {
            return Grouping.USUAL;
        }
        var path = cgroupParent.startsWith("/") ? cgroupParent : "/" + cgroupParent;
        if (path.contains("/..") || path.contains("//") || path.equals("/")) {
            throw FlagException.meaning("invalid --cgroup-parent \"" + cgroupParent + "\"");
        }
        return Grouping.of(Grouping.Mode.BELOW, path);
    }

    /// What systemd hands over and does not arrive, see sd_listen_fds(3).
    Optional<String> idle(Call call) {
        return Optional.ofNullable(call.session().environment().get("LISTEN_FDS"))
                .map(count ->
                        "the container gets none of the sockets that systemd hands over (LISTEN_FDS="
                                + count
                                + "): publish its ports instead");
    }
}
