package dev.kelpie.app.command.manifest;

import dev.kelpie.app.call.CommandException;
import dev.kelpie.app.flag.FlagException;
import dev.kelpie.image.ManifestLists;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/// Flags on what a list says of an image.
final class EntryFlags {
    @Option(names = "--os", description = "Operating system of the image")
    String os = "";

    @Option(names = "--arch", description = "Architecture of the image")
    String architecture = "";

    @Option(names = "--variant", description = "Variant of the architecture")
    String variant = "";

    @Option(names = "--annotation", description = "KEY=VALUE")
    List<String> annotations = new ArrayList<>();

    @Option(names = "--os-version", hidden = true)
    String osVersion = "";

    @Option(names = "--features", hidden = true)
    List<String> features = new ArrayList<>();

    @Option(names = "--os-features", hidden = true)
    List<String> osFeatures = new ArrayList<>();

    ManifestLists.Words words() {
        if (!osVersion.isEmpty() || !features.isEmpty() || !osFeatures.isEmpty()) {
            throw new CommandException(
                    "--os-version, --features and --os-features are not supported");
        }
        return new ManifestLists.Words(
                given(os), given(architecture), given(variant), pairs(annotations));
    }

    private static Optional<String> given(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }

    static Map<String, String> pairs(List<String> annotations) {
        var pairs = new LinkedHashMap<String, String>();
        for (var annotation : annotations) {
            int equals = annotation.indexOf('=');
            if (equals <= 0) {
                throw FlagException.meaning(
                        "--annotation is not of the form KEY=VALUE: \"" + annotation + "\"");
            }
            pairs.put(annotation.substring(0, equals), annotation.substring(equals + 1));
        }
        return pairs;
    }
}
