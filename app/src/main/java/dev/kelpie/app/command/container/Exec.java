package dev.kelpie.app.command.container;

import dev.kelpie.app.call.Call;
import dev.kelpie.app.call.Chosen;
import dev.kelpie.app.call.CommandException;
import dev.kelpie.app.call.Failures;
import dev.kelpie.app.call.Line;
import dev.kelpie.app.call.Verb;
import dev.kelpie.app.flag.EnvFlags;
import dev.kelpie.app.flag.FlagException;
import dev.kelpie.engine.Containers;
import dev.kelpie.engine.ExecRequest;
import dev.kelpie.engine.fault.ContainerStateException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `exec`.
@Command(
        name = "exec",
        description = "Run a command in a running container",
        customSynopsis = "[options] CONTAINER COMMAND [ARG...]")
final class Exec implements Verb {
    /// As Podman's.
    private static final int NOT_RUNNING = 255;

    private final Call call;

    @Option(
            names = {"-d", "--detach"},
            arity = "0..1",
            description = "Run in the background")
    boolean detach;

    @Option(names = "--detach-keys", description = "Keys that detach (default ctrl-p,ctrl-q)")
    String detachKeys = "ctrl-p,ctrl-q";

    @Option(
            names = {"-e", "--env"},
            description = "Environment variable: NAME=value, or NAME for your own value")
    List<String> env = new ArrayList<>();

    @Option(names = "--env-file", description = "File of environment variables")
    List<String> envFiles = new ArrayList<>();

    @Option(
            names = {"-i", "--interactive"},
            arity = "0..1",
            description = "Keep standard input open")
    boolean interactive;

    @Option(
            names = {"-l", "--latest"},
            arity = "0..1",
            description = "The container made last")
    boolean latest;

    @Option(names = "--privileged", arity = "0..1", description = "With all capabilities")
    boolean privileged;

    @Option(
            names = {"-t", "--tty"},
            arity = "0..1",
            description = "Give it a terminal")
    boolean tty;

    @Option(
            names = {"-u", "--user"},
            description = "User: name|uid[:group|gid]")
    String user = "";

    @Option(
            names = {"-w", "--workdir"},
            description = "Working directory")
    String workdir = "";

    @Parameters List<String> operands = new ArrayList<>();

    @Option(
            names = {"--preserve-fds", "--preserve-fd"},
            hidden = true)
    String preserved = "";

    Exec(Call call) {
        this.call = call;
    }

    @Override
    public int run() throws InterruptedException {
        RefusedFlags.refuse("--preserve-fds", !preserved.isEmpty(), RefusedFlags.NO_FILES);
        Line.requireKeys(detachKeys);
        int names = latest ? 0 : 1;
        if (operands.size() < names) {
            throw FlagException.meaning("exec requires the name or ID of a container or --latest");
        }
        if (operands.size() == names) {
            throw FlagException.meaning(
                    "must provide a non-empty command to start an exec session");
        }
        var containers = call.engine().containers();
        var container =
                latest ? Chosen.latest(containers.list(), "container").id() : operands.getFirst();
        var request = request(operands.subList(names, operands.size()));
        try {
            return run(containers, container, request);
        } catch (ContainerStateException e) {
            throw new CommandException(Failures.text(e), NOT_RUNNING);
        }
    }

    private int run(Containers containers, String container, ExecRequest request)
            throws InterruptedException {
        if (detach) {
            call.line(containers.execDetached(container, request));
            return 0;
        }
        try (var session = containers.exec(container, request)) {
            // an exec session has no signals of its own: a terminal carries them as keys
            var wishes =
                    new Line.Wishes(tty, interactive, true, true, detachKeys, Optional.empty());
            return Line.relay(call.session(), session, wishes) ? 0 : session.waitForEnd();
        }
    }

    private ExecRequest request(List<String> command) {
        var variables = new EnvFlags(call.session().environment());
        envFiles.forEach(file -> variables.file(file, call.readLines(file)));
        return new ExecRequest(
                command,
                variables.flags(env).all(),
                user.isEmpty() ? Optional.empty() : Optional.of(user),
                workdir.isEmpty() ? Optional.empty() : Optional.of(workdir),
                tty,
                interactive,
                privileged);
    }
}
