package dev.kelpie.app.command.image;

import dev.kelpie.app.call.Call;
import dev.kelpie.app.call.Operands;
import dev.kelpie.app.call.Verb;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `image unmount`: ends what `image mount` began; each mount of an image wants its own.
@Command(
        name = "unmount",
        description = "Unmount images that image mount mounted",
        customSynopsis = "[options] IMAGE [IMAGE...]")
final class Unmount implements Verb {
    private final Call call;

    @Option(
            names = {"-a", "--all"},
            arity = "0..1",
            description = "Unmount all images")
    boolean all;

    @Option(
            names = {"-f", "--force"},
            arity = "0..1",
            description = "However often they were mounted")
    boolean force;

    @Parameters List<String> operands = new ArrayList<>();

    Unmount(Call call) {
        this.call = call;
    }

    @Override
    public int run() throws InterruptedException {
        Operands.namesUnless(all, operands, "image");
        var mounts = call.engine().imageMounts();
        var wanted =
                all
                        ? mounts.list().stream().map(each -> each.image().id().hex()).toList()
                        : operands;
        for (var name : wanted) {
            mounts.unmount(name, force).ifPresent(image -> call.line(image.id().hex()));
        }
        return 0;
    }
}
