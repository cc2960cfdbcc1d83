package dev.kelpie.app.command.image;

import dev.kelpie.app.call.Call;
import dev.kelpie.app.call.Operands;
import dev.kelpie.app.call.Verb;
import dev.kelpie.app.flag.FlagException;
import dev.kelpie.image.Image;
import dev.kelpie.image.ManifestLists;
import dev.kelpie.image.build.BasePull;
import dev.kelpie.image.build.BasePulls;
import dev.kelpie.image.build.BuildRequest;
import dev.kelpie.image.registry.PullOptions;
import dev.kelpie.image.spec.Digest;
import dev.kelpie.image.spec.Platform;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `build`: the steps and the image's id on standard output.
@Command(
        name = "build",
        description = "Build an image from a Containerfile",
        customSynopsis = "[options] [CONTEXT]")
final class Build implements Verb {
    private final Call call;

    @Mixin BuildResultFlags result = new BuildResultFlags();
    @Mixin BuildStepFlags steps = new BuildStepFlags();
    @Mixin BuildExportFlags exports = new BuildExportFlags();
    @Mixin RegistryFlags registry = new RegistryFlags();
    @Mixin RetryFlags tries = new RetryFlags();
    @Mixin PlatformParts parts = new PlatformParts();

    @Option(
            names = {"-f", "--file"},
            description = "Containerfile (default: Containerfile or Dockerfile in the context)")
    String file = "";

    @Option(names = "--ignorefile", description = "File instead of .containerignore")
    String ignoreFile = "";

    @Option(names = "--build-context", description = "Further context: name=PLACE")
    List<String> contexts = new ArrayList<>();

    @Option(names = "--build-arg", description = "Value for ARG: name=value")
    List<String> arguments = new ArrayList<>();

    @Option(names = "--build-arg-file", description = "File with lines of name=value for ARG")
    List<String> argumentFiles = new ArrayList<>();

    @Option(names = "--target", description = "Stage to stop at")
    String target = "";

    @Option(names = "--iidfile", description = "Write the image's id to a file")
    String idFile = "";

    @Option(names = "--logfile", description = "Write steps and their output to a file")
    String logFile = "";

    @Option(
            names = {"-q", "--quiet"},
            arity = "0..1",
            description = "Print only the image's id")
    boolean quiet;

    @Option(
            names = "--pull",
            arity = "0..1",
            fallbackValue = "missing",
            description = "Pull base images: missing (default), always, never, newer")
    String pull = "missing";

    @Option(
            names = "--platform",
            description = "Platforms, several make a list: os/architecture[/variant],...",
            split = ",")
    List<String> platforms = new ArrayList<>();

    /// Like Docker's and Podman's defaults: intermediate containers never stay.
    @Option(
            names = {
                "--rm",
                "--force-rm",
                "--load",
                "--compress",
                "--skip-unused-stages",
                "--disable-content-trust",
                "--disable-compression"
            },
            arity = "0..1",
            hidden = true)
    boolean usual;

    /// There is one cache, and it is here.
    @Option(names = "--cache-from", hidden = true)
    List<String> cacheFrom = new ArrayList<>();

    @Option(names = "--progress", hidden = true)
    String progress = "";

    @Parameters List<String> operands = new ArrayList<>();

    Build(Call call) {
        this.call = call;
    }

    @Override
    public int run() throws InterruptedException {
        Operands.atMost(1, operands);
        for (var place : cacheFrom) {
            call.note("Warning: --cache-from " + place + " is not used: the cache is this host's");
        }
        var wanted = platforms();
        exports.check(call, result.tags, wanted.size());
        try (var input = new BuildInput(call)) {
            var typed = operands.isEmpty() ? "." : operands.getFirst();
            var sources = input.sources(typed, file, ignoreFile, contexts);
            var access = tries.on(registry.options(call)).access();
            var request =
                    BuildRequest.of(sources, wanted.size() == 1 ? result.tags : List.of())
                            .withArguments(arguments())
                            .withTarget(target.isEmpty() ? Optional.empty() : Optional.of(target))
                            .withPulls(new BasePulls(basePull(), access))
                            .withSteps(steps.options(call))
                            .withResult(result.options(call));
            var built = new ArrayList<Image>();
            for (var platform : wanted) {
                built.add(build(request.withPlatform(platform)));
            }
            var id = named(built);
            exports.export(call, built, result.tags, access);
            finish(id);
            return 0;
        }
    }

    /// Puts the images where a list is wanted of them; the id of what came out.
    private Digest named(List<Image> built) throws InterruptedException {
        var lists = call.engine().images().lists();
        var id = built.getFirst().id();
        if (built.size() > 1) {
            for (var tag : result.tags) {
                id = lists.replace(tag, built);
            }
        }
        if (!exports.list.isEmpty()) {
            id = lists.create(exports.list, true, Map.of());
            for (var image : built) {
                id =
                        lists.add(
                                exports.list,
                                image.id().hex(),
                                false,
                                PullOptions.DEFAULT,
                                ManifestLists.Words.NONE);
            }
        }
        return id;
    }

    private Image build(BuildRequest request) throws InterruptedException {
        var silent = quiet || exports.takeStandardOutput();
        try (var output = new BuildOutput(call, silent, result.tags, logFile)) {
            return call.engine().build(request, output::show);
        }
    }

    private List<Platform> platforms() {
        var parsed =
                platforms.stream()
                        .filter(word -> !word.isBlank())
                        .map(word -> Platform.parse(word.strip()))
                        .distinct()
                        .toList();
        var other = parts.platform();
        if (other.isPresent() && !parsed.isEmpty()) {
            throw FlagException.meaning(
                    "--platform option can not be specified with --arch, --os or --variant");
        }
        return parsed.isEmpty() ? List.of(other.orElseGet(Platform::host)) : parsed;
    }

    private Map<String, String> arguments() {
        var values = new HashMap<String, String>();
        for (var name : argumentFiles) {
            for (var line : call.readLines(name)) {
                if (!line.isBlank() && !line.startsWith("#")) {
                    argument(line.strip(), values);
                }
            }
        }
        arguments.forEach(word -> argument(word, values));
        return values;
    }

    private void argument(String word, Map<String, String> values) {
        var own = call.session().environment();
        int equals = word.indexOf('=');
        if (equals > 0) {
            values.put(word.substring(0, equals), word.substring(equals + 1));
        } else if (equals < 0 && own.containsKey(word)) {
            values.put(word, own.getOrDefault(word, ""));
        }
    }

    private BasePull basePull() {
        return switch (pull) {
            case "missing", "ifmissing", "" -> BasePull.MISSING;
            case "always", "true" -> BasePull.ALWAYS;
            case "newer", "ifnewer" -> BasePull.NEWER;
            case "never", "false" -> BasePull.NEVER;
            default -> throw FlagException.meaning("unsupported pull policy \"" + pull + "\"");
        };
    }

    private void finish(Digest id) {
        if (!idFile.isEmpty()) {
            call.write(idFile, id.toString(), 0644);
        }
        if (!exports.takeStandardOutput()) {
            call.line(id.hex());
        }
    }
}
