package dev.kelpie.app.command.image;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.kelpie.app.call.Call;
import dev.kelpie.app.call.Operands;
import dev.kelpie.app.call.Verb;
import dev.kelpie.app.flag.FlagException;
import dev.kelpie.app.format.JsonText;
import dev.kelpie.engine.ImageMounts;
import dev.kelpie.image.spec.ImageReference;
import dev.kelpie.runtime.kernel.UserNamespace;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `image mount`: shows images on the host for reading, or lists those that are shown.
@Command(
        name = "mount",
        description = "Mount images read-only on the host, or list the mounted ones",
        customSynopsis = "[options] [IMAGE...]")
final class Mount implements Verb {
    private final Call call;

    @Option(
            names = {"-a", "--all"},
            arity = "0..1",
            description = "Mount all images")
    boolean all;

    @Option(names = "--format", description = "json")
    String format = "";

    @Parameters List<String> operands = new ArrayList<>();

    Mount(Call call) {
        this.call = call;
    }

    @Override
    public int run() throws InterruptedException {
        if (all) {
            Operands.namesUnless(true, operands, "image");
        }
        if (!format.isEmpty() && !format.equals("json")) {
            throw FlagException.meaning("unknown --format argument: '" + format + "'");
        }
        requireToBeSeen();
        var mounts = call.engine().imageMounts();
        var wanted =
                all
                        ? call.engine().images().all().stream().map(one -> one.id().hex()).toList()
                        : operands;
        var shown = wanted.stream().map(mounts::mount).toList();
        print(wanted.isEmpty() && !all ? mounts.list() : shown);
        return 0;
    }

    /// What an ordinary user's engine mounts is seen in its own namespace, and in `unshare`.
    private void requireToBeSeen() {
        var outside = !call.session().environment().containsKey("KELPIE_ROOTLESS_UID");
        if (outside && !UserNamespace.isInitial() && (all || !operands.isEmpty())) {
            throw FlagException.meaning(
                    "cannot mount images here: without root they are seen in 'kelpie unshare' only, do it there");
        }
    }

    private void print(List<ImageMounts.Mounted> shown) {
        if (format.equals("json")) {
            printJson(shown);
        } else if (operands.size() == 1) {
            call.line(shown.getFirst().place().toString());
        } else {
            var width = shown.stream().mapToInt(each -> each.image().displayName().length()).max();
            call.lines(
                    shown.stream()
                            .map(each ->
                                    ("%-" + width.orElse(1) + "s  %s")
                                            .formatted(each.image().displayName(), each.place()))
                            .toList());
        }
    }

    private void printJson(List<ImageMounts.Mounted> shown) {
        var array = JsonNodeFactory.instance.arrayNode();
        for (var each : shown) {
            var image = each.image();
            var json = array.addObject().put("id", image.id().hex());
            json.putArray("Names").add(image.digest().toString());
            var names = json.putArray("Repositories");
            image.names().stream().map(ImageReference::toString).forEach(names::add);
            json.put("mountpoint", each.place().toString());
        }
        call.line(JsonText.pretty(array, 1));
    }
}
