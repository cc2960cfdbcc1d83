package dev.kelpie.app.command.image;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.kelpie.app.call.Call;
import dev.kelpie.app.call.Operands;
import dev.kelpie.app.call.Verb;
import dev.kelpie.app.flag.FlagException;
import dev.kelpie.app.format.JsonText;
import dev.kelpie.engine.Change;
import dev.kelpie.engine.fault.ContainerNotFoundException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `diff`: what the last layer of an image changed, what is other than in another image, or what a
/// container changed in its image.
@Command(
        name = "diff",
        description = "List changed files",
        customSynopsis = "[options] NAME [IMAGE]")
final class Diff implements Verb {

    /// What a name is looked for among.
    enum Among {
        CONTAINERS,
        IMAGES,
        BOTH
    }

    private final Call call;
    private final Among among;

    @Option(names = "--format", description = "json")
    String format = "";

    @Parameters List<String> operands = new ArrayList<>();

    private Diff(Call call, Among among) {
        this.call = call;
        this.among = among;
    }

    static Diff ofContainer(Call call) {
        return new Diff(call, Among.CONTAINERS);
    }

    static Diff ofImage(Call call) {
        return new Diff(call, Among.IMAGES);
    }

    static Diff ofEither(Call call) {
        return new Diff(call, Among.BOTH);
    }

    @Override
    public int run() throws InterruptedException {
        Operands.atLeast(1, operands);
        Operands.atMost(among == Among.CONTAINERS ? 1 : 2, operands);
        if (!format.isEmpty() && !format.equals("json")) {
            throw FlagException.meaning("only supported value for '--format' is 'json'");
        }
        var changes = changes();
        if (format.isEmpty()) {
            call.lines(
                    changes.stream()
                            .map(change -> change.kind().letter() + " " + change.path())
                            .toList());
        } else {
            printJson(changes);
        }
        return 0;
    }

    private List<Change> changes() throws InterruptedException {
        var name = operands.getFirst();
        var differences = call.engine().differences();
        if (operands.size() == 2) {
            return differences.ofImages(name, operands.get(1));
        }
        if (among != Among.IMAGES) {
            try {
                return differences.ofContainer(name);
            } catch (ContainerNotFoundException e) {
                if (among == Among.CONTAINERS) {
                    throw e;
                }
            }
        }
        return differences.ofImage(name);
    }

    private void printJson(List<Change> changes) {
        var json = JsonNodeFactory.instance.objectNode();
        for (var kind : List.of(Change.Kind.CHANGED, Change.Kind.ADDED, Change.Kind.DELETED)) {
            var paths =
                    changes.stream().filter(one -> one.kind() == kind).map(Change::path).toList();
            if (!paths.isEmpty()) {
                var array = json.putArray(kind.name().toLowerCase(Locale.ROOT));
                paths.forEach(array::add);
            }
        }
        call.line(JsonText.pretty(json, 5));
    }
}
