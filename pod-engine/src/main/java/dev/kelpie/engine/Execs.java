package dev.kelpie.engine;

import dev.kelpie.engine.fault.StartFailedException;
import dev.kelpie.engine.report.Event;
import dev.kelpie.engine.spec.EnvVar;
import dev.kelpie.engine.spec.ShortId;
import dev.kelpie.engine.state.ContainerRow;
import dev.kelpie.runtime.ContainerStartException;
import dev.kelpie.runtime.conmon.ConmonFiles;
import dev.kelpie.runtime.conmon.Stdio;
import dev.kelpie.runtime.oci.ExecProcess;
import java.nio.file.Path;
import java.util.List;

/// Further processes in running containers, each kept by a conmon of its own.
final class Execs {

    private final Core core;

    Execs(Core core) {
        this.core = core;
    }

    ExecSession attached(ContainerRow row, ExecRequest request) throws InterruptedException {
        var id = Ids.fresh();
        core.note(row, "exec", "execId", id);
        return new ConmonExecSession(
                id,
                start(id, row, request, true),
                code -> core.note(row, "exec_died", Event.EXIT_CODE, Integer.toString(code)));
    }

    /// As `attached`, of which the engine itself is the user: no event tells of it.
    ExecSession quiet(ContainerRow row, ExecRequest request) throws InterruptedException {
        var id = Ids.fresh();
        return new ConmonExecSession(id, start(id, row, request, true), _ -> {});
    }

    String detached(ContainerRow row, ExecRequest request) throws InterruptedException {
        var id = Ids.fresh();
        core.note(row, "exec", "execId", id);
        start(id, row, request, false).close();
        return id;
    }

    private dev.kelpie.runtime.conmon.ExecSession start(
            String id, ContainerRow row, ExecRequest request, boolean attach)
            throws InterruptedException {
        core.steps.at("exec");
        var files = core.files.conmon(row.id());
        try {
            var process = core.parts.bundles().process(files.bundle(), process(request));
            return core.parts
                    .conmon()
                    .exec(
                            new dev.kelpie.runtime.conmon.ExecRequest(
                                    files,
                                    id,
                                    folder(row, files).resolve("exec-" + ShortId.of(id)),
                                    core.runtime(row),
                                    process,
                                    new Stdio(request.terminal(), request.stdin(), false),
                                    attach,
                                    List.of()));
        } catch (ContainerStartException e) {
            throw StartFailedException.ofExec(row.name(), request.command(), e);
        }
    }

    /// The process is written there with its environment: in memory when secrets are in it.
    private static Path folder(ContainerRow row, ConmonFiles files) {
        return row.spec().process().late().secret() ? files.bundle() : files.run();
    }

    private static ExecProcess process(ExecRequest request) {
        return new ExecProcess(
                request.command(),
                request.env().stream().map(Execs::line).toList(),
                request.workingDir(),
                request.user(),
                request.terminal(),
                request.privileged());
    }

    private static String line(EnvVar variable) {
        return variable.name() + "=" + variable.value();
    }
}
