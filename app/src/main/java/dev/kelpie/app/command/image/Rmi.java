package dev.kelpie.app.command.image;

import dev.kelpie.app.call.Call;
import dev.kelpie.app.call.CommandException;
import dev.kelpie.app.call.Failures;
import dev.kelpie.app.call.Verb;
import dev.kelpie.app.flag.FlagException;
import dev.kelpie.image.ImageException;
import dev.kelpie.image.ImageInUseException;
import dev.kelpie.image.ImageNotFoundException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `rmi`: exit code 1 when an image is not there, 2 when one is in use, 125 for anything worse.
@Command(name = "rmi", description = "Remove images", customSynopsis = "[options] IMAGE [IMAGE...]")
final class Rmi implements Verb {
    private static final int MISSING = 1;
    private static final int IN_USE = 2;

    private final Call call;

    @Option(
            names = {"-a", "--all"},
            arity = "0..1",
            description = "All images")
    boolean all;

    @Option(
            names = {"-f", "--force"},
            arity = "0..1",
            description = "Remove the containers that use them first")
    boolean force;

    @Option(
            names = {"-i", "--ignore"},
            arity = "0..1",
            description = "What is not there is no error")
    boolean ignore;

    @Option(names = "--no-prune", arity = "0..1", hidden = true)
    boolean noPrune;

    @Parameters List<String> images = new ArrayList<>();

    Rmi(Call call) {
        this.call = call;
    }

    @Override
    public int run() throws InterruptedException {
        if (all && !images.isEmpty()) {
            throw FlagException.meaning("when using the --all switch, you may not pass any images");
        }
        if (!all && images.isEmpty()) {
            throw FlagException.meaning("image name or ID must be specified");
        }
        var names = all ? everything() : images;
        int worst = 0;
        for (var name : names) {
            worst = Math.max(worst, remove(name));
        }
        return worst;
    }

    private List<String> everything() throws InterruptedException {
        return call.engine().images().list().stream()
                .map(line -> line.id().hex())
                .distinct()
                .toList();
    }

    private int remove(String name) throws InterruptedException {
        try {
            var removal = call.engine().removeImage(name, force || all);
            var lines = new ArrayList<String>();
            removal.untagged().forEach(each -> lines.add("Untagged: " + each));
            removal.deleted().forEach(each -> lines.add("Deleted: " + each.hex()));
            call.lines(lines);
            return 0;
        } catch (ImageException e) {
            if (e instanceof ImageNotFoundException && (ignore || force || all)) {
                return 0;
            }
            call.note("Error: " + Failures.text(e));
            return code(e);
        }
    }

    private static int code(ImageException failure) {
        return switch (failure) {
            case ImageNotFoundException _ -> MISSING;
            case ImageInUseException _ -> IN_USE;
            default -> CommandException.ERROR;
        };
    }
}
