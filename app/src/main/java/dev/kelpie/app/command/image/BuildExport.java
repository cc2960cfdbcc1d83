package dev.kelpie.app.command.image;

import dev.kelpie.app.flag.FlagException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;

/// One `--output` of a build: what else becomes of the image than an image.
///
/// @param place a file or folder of the client's; `-` is standard output
record BuildExport(Kind kind, String place) {

    /// By the words of `type=`.
    enum Kind {
        /// The files of the image in a folder.
        LOCAL,
        /// The same as a tar.
        TAR,
        /// An image layout in a tar.
        OCI,
        /// What `docker save` makes; without a place the image here.
        DOCKER,
        /// The image here.
        IMAGE,
        /// The image at its registry.
        REGISTRY
    }

    /// From `type=TYPE,dest=PLACE`, a folder, or `-`.
    static BuildExport parse(String word) {
        if (word.equals("-")) {
            return new BuildExport(Kind.TAR, "-");
        }
        if (word.indexOf('=') < 0) {
            return new BuildExport(Kind.LOCAL, word);
        }
        var fields = fields(word);
        var kind = kind(fields.getOrDefault("type", ""), word);
        var place = fields.getOrDefault("dest", "");
        return switch (kind) {
            case LOCAL -> {
                if (place.isEmpty() || place.equals("-")) {
                    throw FlagException.meaning("--output type=local needs dest=FOLDER");
                }
                yield new BuildExport(kind, place);
            }
            case DOCKER -> new BuildExport(place.isEmpty() ? Kind.IMAGE : kind, place);
            case TAR, OCI -> new BuildExport(kind, place.isEmpty() ? "-" : place);
            case IMAGE, REGISTRY ->
                    new BuildExport(
                            fields.getOrDefault("push", "").equals("true") ? Kind.REGISTRY : kind,
                            place);
        };
    }

    private static Kind kind(String text, String word) {
        for (var kind : Kind.values()) {
            if (kind.name().toLowerCase(Locale.ROOT).equals(text)) {
                return kind;
            }
        }
        throw FlagException.meaning(
                "--output is type=local|tar|oci|docker|image|registry[,dest=PLACE], not \""
                        + word
                        + "\"");
    }

    private static HashMap<String, String> fields(String word) {
        var fields = new HashMap<String, String>();
        for (var field : word.split(",", -1)) {
            var equals = field.indexOf('=');
            var name = equals < 0 ? field : field.substring(0, equals);
            if (!List.of("type", "dest", "push").contains(name)) {
                throw FlagException.meaning("--output does not know \"" + field + "\"");
            }
            fields.put(name, equals < 0 ? "true" : field.substring(equals + 1));
        }
        return fields;
    }

    boolean toStandardOutput() {
        return place.equals("-");
    }
}
