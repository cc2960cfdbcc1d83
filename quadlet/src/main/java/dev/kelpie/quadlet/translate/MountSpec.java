package dev.kelpie.quadlet.translate;

import dev.kelpie.quadlet.translate.QuadletException.BadKeyException;
import java.util.ArrayList;
import java.util.List;

/// Turns a value of `Mount=` into that of `--mount`: its source may be another unit.
final class MountSpec {
    private static final String[] UNITS = {".volume", ".image", ".artifact"};
    private static final String[] IMAGE_UNITS = {".volume", ".image", ".artifact", ".build"};

    /// Marks the field of the source, which no field can look like.
    private static final String SOURCE = "source";

    private final References references;

    MountSpec(References references) {
        this.references = references;
    }

    String resolve(String mount) {
        var fields = parse(mount);
        var type = type(fields);
        boolean resolved =
                switch (type) {
                    case "volume", "bind", "glob", "image", "artifact" -> true;
                    default -> false;
                };
        if (!resolved) {
            return mount;
        }
        fields.remove("type=" + type);
        var source = takeSource(fields);
        if (source.isEmpty() && !type.equals("volume")) {
            throw new BadKeyException(
                    "Mount", "source parameter is required for mount type " + type);
        }
        if (!source.isEmpty()) {
            var units = type.equals("image") ? IMAGE_UNITS : UNITS;
            fields.replaceAll(field ->
                    field.equals(SOURCE)
                            ? "source=" + references.storage("Mount", source, units)
                            : field);
        }
        fields.addFirst("type=" + type);
        return CsvRecord.write(fields);
    }

    private static List<String> parse(String mount) {
        try {
            return new ArrayList<>(CsvRecord.parse(mount));
        } catch (IllegalArgumentException e) {
            throw new BadKeyException("Mount", String.valueOf(e.getMessage()));
        }
    }

    private static String type(List<String> fields) {
        for (var field : fields) {
            if (field.startsWith("type=")) {
                return field.substring("type=".length());
            }
        }
        return "volume";
    }

    /// The last source; its field is marked, and earlier ones are gone.
    private static String takeSource(List<String> fields) {
        var source = "";
        int at = -1;
        for (int i = 0; i < fields.size(); i++) {
            var field = fields.get(i);
            if (field.equals("source") || field.equals("src")) {
                throw new BadKeyException("Mount", "source parameter does not include a value");
            }
            if (field.startsWith("source=") || field.startsWith("src=")) {
                source = field.substring(field.indexOf('=') + 1);
                at = i;
            }
        }
        if (at >= 0) {
            fields.set(at, SOURCE);
            fields.removeIf(field -> field.startsWith("source=") || field.startsWith("src="));
            if (source.isEmpty()) {
                fields.remove(SOURCE);
            }
        }
        return source;
    }
}
