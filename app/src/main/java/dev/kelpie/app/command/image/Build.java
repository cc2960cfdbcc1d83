package dev.kelpie.app.command.image;

import dev.kelpie.app.call.Call;
import dev.kelpie.app.call.CommandException;
import dev.kelpie.app.call.Operands;
import dev.kelpie.app.call.Progress;
import dev.kelpie.app.call.Verb;
import dev.kelpie.app.flag.FlagException;
import dev.kelpie.app.session.ClientFile;
import dev.kelpie.image.Image;
import dev.kelpie.image.build.BasePull;
import dev.kelpie.image.build.BuildEvent;
import dev.kelpie.image.build.BuildRequest;
import dev.kelpie.image.build.Containerfile;
import dev.kelpie.image.spec.Platform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `build`: the steps and the image's id on standard output.
@Command(
        name = "build",
        description = "Build an image from a Containerfile",
        customSynopsis = "[options] [CONTEXT]")
final class Build implements Verb {
    private final Call call;

    @Option(
            names = {"-t", "--tag"},
            description = "Name for the image")
    List<String> tags = new ArrayList<>();

    @Option(
            names = {"-f", "--file"},
            description = "Containerfile (default: Containerfile or Dockerfile in the context)")
    String file = "";

    @Option(names = "--build-arg", description = "Value for ARG: name=value")
    List<String> arguments = new ArrayList<>();

    @Option(names = "--target", description = "Stage to stop at")
    String target = "";

    @Option(names = "--no-cache", arity = "0..1", description = "Build every step anew")
    boolean noCache;

    @Option(names = "--iidfile", description = "Write the image's id to a file")
    String idFile = "";

    @Option(
            names = {"-q", "--quiet"},
            arity = "0..1",
            description = "Print only the image's id")
    boolean quiet;

    @Option(names = "--pull", description = "Pull base images: missing (default), always, never")
    String pull = "missing";

    @Option(names = "--platform", description = "Platform: os/architecture[/variant]")
    String platform = "";

    @Option(names = "--timestamp", description = "Seconds since 1970 for every time in the image")
    long timestamp = -1;

    /// Like Docker's and Podman's defaults: intermediate containers never stay.
    @Option(names = "--rm", arity = "0..1", hidden = true)
    boolean remove;

    @Option(names = "--layers", arity = "0..1", hidden = true)
    boolean layers;

    @Parameters List<String> operands = new ArrayList<>();

    Build(Call call) {
        this.call = call;
    }

    @Override
    public int run() throws InterruptedException {
        Operands.atMost(1, operands);
        var context = context();
        var request =
                new BuildRequest(
                        context,
                        containerfile(context),
                        tags,
                        arguments(),
                        timestamp < 0
                                ? Optional.empty()
                                : Optional.of(Instant.ofEpochSecond(timestamp)),
                        target.isEmpty() ? Optional.empty() : Optional.of(target),
                        platform.isEmpty() ? Platform.host() : Platform.parse(platform),
                        basePull());
        var image = build(request);
        writeId(image);
        call.line(image.id().hex());
        return 0;
    }

    private Image build(BuildRequest request) throws InterruptedException {
        try (var progress = new Progress(call, quiet)) {
            return call.engine().images().build(request, event -> show(event, progress));
        }
    }

    /// Steps belong to the output, pulls of base images and warnings do not.
    private void show(BuildEvent event, Progress progress) {
        switch (event) {
            case BuildEvent.Step(int number, int total, var text) ->
                    say("STEP " + number + "/" + total + ": " + text);
            case BuildEvent.Committed(var id, boolean cached) -> {
                say("COMMIT" + (tags.isEmpty() ? "" : " " + tags.getFirst()));
                say((cached ? "--> Using cache " : "--> ") + id.brief());
            }
            case BuildEvent.Tagged(var name) -> say("Successfully tagged " + name);
            case BuildEvent.Warning _, BuildEvent.Pulling _ -> progress.build(event);
        }
    }

    private void say(String line) {
        if (!quiet) {
            call.line(line);
        }
    }

    private Path context() {
        var typed = operands.isEmpty() ? "." : operands.getFirst();
        if (typed.matches("(https?|git)://.*") || typed.equals("-")) {
            throw new CommandException("building from '" + typed + "' is not supported yet");
        }
        var found = call.session().lookUp(typed);
        if (found.filter(each -> each.kind() == ClientFile.Kind.DIRECTORY).isEmpty()) {
            throw new CommandException("build context '" + typed + "' is not a directory");
        }
        return call.path(typed);
    }

    /// `--file` starts at the caller's directory; Podman looks in the context too.
    private Path containerfile(Path context) {
        if (file.isEmpty()) {
            var usual = Containerfile.in(context);
            if (!Files.exists(usual)) {
                throw new CommandException(
                        "no Containerfile or Dockerfile specified or found in context directory, "
                                + context
                                + ": no such file or directory");
            }
            return usual;
        }
        var named = call.path(file);
        var inContext = context.resolve(file).normalize();
        if (Files.exists(named)) {
            return named;
        }
        if (Files.exists(inContext)) {
            return inContext;
        }
        throw new CommandException(
                "the specified Containerfile or Dockerfile does not exist, " + file);
    }

    private Map<String, String> arguments() {
        var values = new HashMap<String, String>();
        var own = call.session().environment();
        for (var word : arguments) {
            int equals = word.indexOf('=');
            if (equals > 0) {
                values.put(word.substring(0, equals), word.substring(equals + 1));
            } else if (equals < 0 && own.containsKey(word)) {
                values.put(word, own.getOrDefault(word, ""));
            }
        }
        return values;
    }

    private BasePull basePull() {
        return switch (pull) {
            case "missing", "ifmissing", "" -> BasePull.MISSING;
            case "always", "true" -> BasePull.ALWAYS;
            case "never", "false" -> BasePull.NEVER;
            default -> throw FlagException.meaning("unsupported pull policy \"" + pull + "\"");
        };
    }

    private void writeId(Image image) {
        if (idFile.isEmpty()) {
            return;
        }
        try {
            Files.writeString(call.path(idFile), image.id().toString());
        } catch (IOException e) {
            throw new CommandException("cannot write '" + idFile + "': " + e.getMessage());
        }
    }
}
