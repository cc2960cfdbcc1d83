package dev.kelpie.app.command.container;

import dev.kelpie.app.call.Call;
import dev.kelpie.app.call.Line;
import dev.kelpie.app.call.Unit;
import dev.kelpie.app.call.Verb;
import dev.kelpie.app.flag.FlagException;
import dev.kelpie.engine.Attachment;
import dev.kelpie.engine.fault.PodException;
import dev.kelpie.image.ImageException;
import dev.kelpie.runtime.HostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `run`: a container made and started; in the foreground its exit code is ours.
@Command(
        name = "run",
        description = "Run a command in a new container",
        customSynopsis = "[options] IMAGE [COMMAND [ARG...]]")
final class Run implements Verb {
    private final Call call;

    @Mixin Blueprint blueprint = new Blueprint();

    @Option(
            names = {"-d", "--detach"},
            arity = "0..1",
            description = "Run in the background and print the container's id")
    boolean detach;

    @Option(
            names = {"-a", "--attach"},
            description = "Attach to stdin, stdout or stderr")
    List<String> attach = new ArrayList<>();

    @Option(names = "--detach-keys", description = "Keys that detach (default ctrl-p,ctrl-q)")
    String detachKeys = "ctrl-p,ctrl-q";

    @Option(
            names = "--sig-proxy",
            arity = "0..1",
            description = "Pass signals on to the container (default true)")
    boolean sigProxy = true;

    @Option(
            names = "--rmi",
            arity = "0..1",
            description = "Remove the container and its image, if nobody else uses it, at the end")
    boolean removeImage;

    Run(Call call) {
        this.call = call;
    }

    @Override
    public int run() throws InterruptedException {
        requireSense();
        blueprint.removesItself(removeImage);
        var id = blueprint.create(call, detach);
        if (detach) {
            background(id);
            call.line(id);
            return 0;
        }
        var image = removeImage ? call.engine().containers().find(id).image().id() : "";
        var stdin = blueprint.stdin() || attach.stream().anyMatch("stdin"::equalsIgnoreCase);
        int code =
                new Front(call, id)
                        .untilEnd(
                                attached(id),
                                new Front.Wishes(
                                        blueprint.terminal(), stdin, attach, detachKeys, sigProxy));
        if (!image.isEmpty()) {
            removeImage(image);
        }
        return code;
    }

    /// It stays where others use it.
    private void removeImage(String image) throws InterruptedException {
        try {
            call.engine().removeImage(image, false);
        } catch (ImageException | PodException e) {
            call.note("Note: the image stays: " + e.getMessage());
        }
    }

    private void requireSense() {
        Line.requireKeys(detachKeys);
        if (detach && removeImage) {
            throw FlagException.meaning(
                    "--rmi is not supported with --detach: nobody waits for the end; an image that"
                            + " is not used goes with 'image prune --all'");
        }
        if (detach && !attach.isEmpty()) {
            throw FlagException.meaning("--attach and --detach cannot be used together");
        }
        for (var stream : attach) {
            if (!Set.of("stdin", "stdout", "stderr")
                    .contains(stream.toLowerCase(java.util.Locale.ROOT))) {
                throw FlagException.meaning(
                        "invalid stream \""
                                + stream
                                + "\" for --attach: must be stdin, stdout or stderr");
            }
        }
    }

    private void background(String id) throws InterruptedException {
        try {
            Unit.of(call.session()).start(call, id);
        } catch (PodException | HostException e) {
            clearAway(id);
            throw e;
        }
    }

    private Attachment attached(String id) throws InterruptedException {
        try {
            return call.engine().containers().startAttached(id);
        } catch (RuntimeException e) {
            clearAway(id);
            throw e;
        }
    }

    /// With `--rm` nothing stays of a container that could not start.
    private void clearAway(String id) throws InterruptedException {
        if (blueprint.removesItself()) {
            Blueprint.removeQuietly(call, id);
        }
    }
}
