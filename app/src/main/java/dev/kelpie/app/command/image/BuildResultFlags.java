package dev.kelpie.app.command.image;

import dev.kelpie.app.call.Call;
import dev.kelpie.app.flag.EnvFlags;
import dev.kelpie.app.flag.FlagException;
import dev.kelpie.app.flag.KeyValues;
import dev.kelpie.engine.spec.EnvVar;
import dev.kelpie.image.build.ResultOptions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/// Flags of `build` about the image that comes out.
final class BuildResultFlags {

    @Option(
            names = {"-t", "--tag"},
            description = "Name for the image")
    List<String> tags = new ArrayList<>();

    @Option(names = "--label", description = "Label of the image: name=value")
    List<String> labels = new ArrayList<>();

    @Option(names = "--annotation", description = "Annotation of the manifest: name=value")
    List<String> annotations = new ArrayList<>();

    @Option(names = "--env", description = "Variable of the image: name=value, or name")
    List<String> env = new ArrayList<>();

    @Option(names = "--unsetenv", description = "Variable to take out of the image")
    List<String> unsetEnv = new ArrayList<>();

    @Option(names = "--format", description = "oci (default) or docker")
    String format = "oci";

    @Option(names = "--timestamp", description = "Seconds since 1970 for every time in the image")
    long timestamp = -1;

    @Option(names = "--squash", arity = "0..1", description = "One layer for all that is new")
    boolean squash;

    @Option(names = "--squash-all", arity = "0..1", description = "One layer for the whole image")
    boolean squashAll;

    @Option(
            names = "--layers",
            arity = "0..1",
            description = "A layer for each step (default true); false is --squash")
    boolean layers = true;

    ResultOptions options(Call call) {
        return new ResultOptions(
                timestamp < 0 ? Optional.empty() : Optional.of(Instant.ofEpochSecond(timestamp)),
                squashing(),
                KeyValues.labels(labels),
                KeyValues.annotations(annotations),
                variables(call),
                unsetEnv,
                isDocker());
    }

    private ResultOptions.Squash squashing() {
        if (squashAll) {
            return ResultOptions.Squash.ALL;
        }
        return squash || !layers ? ResultOptions.Squash.NEW : ResultOptions.Squash.NONE;
    }

    private Map<String, String> variables(Call call) {
        var variables = new HashMap<String, String>();
        for (EnvVar each : new EnvFlags(call.session().environment()).flags(env).all()) {
            variables.put(each.name(), each.value());
        }
        return variables;
    }

    private boolean isDocker() {
        return switch (format) {
            case "oci" -> false;
            case "docker" -> true;
            default -> throw FlagException.meaning("unrecognized image type \"" + format + "\"");
        };
    }
}
