package dev.kelpie.app.command.convert;

import dev.kelpie.app.call.Call;
import dev.kelpie.app.call.CommandException;
import dev.kelpie.app.call.Verb;
import dev.kelpie.app.flag.FlagException;
import dev.kelpie.app.flag.KindFlags;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `convert`: containers from one notation to another.
@Command(
        name = "convert",
        description =
                "Convert between Kubernetes YAML, compose files, units, run lines and inspect",
        customSynopsis = "[options] --to kube|compose|quadlet|run FILE|DIR|-...")
final class Convert implements Verb {
    private static final int FILE_MODE = 0644;

    /// A file that holds secrets is the caller's alone.
    private static final int SECRET_FILE_MODE = 0600;

    private final Call call;

    @Option(
            names = "--from",
            description = "kube, compose, quadlet, run or inspect (default: by what it looks like)")
    String from = "";

    @Option(names = "--to", description = "kube (default), compose, quadlet or run")
    String to = "kube";

    @Option(
            names = {"-o", "--output"},
            description = "File to write, or folder for units, instead of standard output")
    String output = "";

    @Option(names = "--profile", split = ",", description = "Profile of a compose file; * for all")
    List<String> profiles = new ArrayList<>();

    @Option(
            names = "--secrets",
            arity = "0..1",
            description = "Also the content of secrets, in clear")
    boolean secrets;

    @Option(names = "--schedule", description = "When a CronJob runs: '0 3 * * *'")
    String schedule = "";

    @Mixin KindFlags kinds = new KindFlags();

    @Parameters List<String> files = new ArrayList<>();

    Convert(Call call) {
        this.call = call;
    }

    @Override
    public int run() throws InterruptedException {
        var wanted = Notation.named("--to", to);
        if (wanted == Notation.INSPECT) {
            throw FlagException.meaning("--to inspect: only an engine writes that of a container");
        }
        if (files.isEmpty()) {
            throw FlagException.meaning("requires at least 1 arg(s), only received 0");
        }
        var source = new Sources(call, from, profiles).read(files);
        var target = new Targets(call, source, secrets);
        var texts =
                switch (wanted) {
                    case KUBE -> target.kube(kinds.options(false, schedule));
                    case QUADLET -> target.units();
                    case RUN -> target.lines();
                    case COMPOSE -> target.compose();
                    case INSPECT -> Map.<String, String>of();
                };
        if (wanted != Notation.KUBE) {
            target.losses().forEach(loss -> call.note("Note: " + loss));
        }
        if (texts.isEmpty()) {
            throw new CommandException(
                    "nothing came out: there is no container in it that can be converted");
        }
        write(wanted, texts, target.losses());
        return 0;
    }

    private void write(Notation wanted, Map<String, String> texts, List<String> losses) {
        var comments = new StringBuilder();
        if (wanted != Notation.KUBE && !losses.isEmpty()) {
            comments.append("# Not in this file, or only nearly:\n");
            losses.forEach(loss -> comments.append("# - ").append(loss).append('\n'));
        }
        int mode = secrets ? SECRET_FILE_MODE : FILE_MODE;
        if (output.isEmpty()) {
            call.print(comments + Targets.joined(texts));
        } else if (wanted == Notation.QUADLET) {
            var all = new LinkedHashMap<>(texts);
            all.forEach((file, text) -> {
                call.requireNew(output + "/" + file);
                call.write(output + "/" + file, text, mode);
            });
        } else {
            call.requireNew(output);
            call.write(output, comments + Targets.joined(texts), mode);
        }
    }
}
