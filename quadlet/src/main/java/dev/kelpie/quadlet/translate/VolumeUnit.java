package dev.kelpie.quadlet.translate;

import dev.kelpie.quadlet.translate.QuadletException.BadKeyException;
import dev.kelpie.quadlet.unit.Section;
import java.util.ArrayList;
import java.util.OptionalLong;
import java.util.function.Function;

/// `.volume`: a service that sees to it that a volume is there.
final class VolumeUnit {
    private final Conversion conversion;
    private final Section own;

    VolumeUnit(Conversion conversion) {
        this.conversion = conversion;
        own = conversion.own();
    }

    void convert() {
        var line = conversion.command("volume", "create").add("--ignore");
        line.settings("UID", "--uid", "GID", "--gid", "Driver", "--driver");
        if (own.text("Driver").orElse("").equals("image")) {
            image(line);
        } else {
            options(line);
        }
        line.pairs("Label", "--label").podmanArgs().add(conversion.unit().resource());
        conversion.addService("ExecStart", line);
        conversion.oneshot(true);
    }

    private void image(CommandLine line) {
        var image =
                own.text("Image")
                        .orElseThrow(() ->
                                new BadKeyException(
                                        "Image",
                                        "the key Image is mandatory when using the image"
                                                + " driver"));
        line.add("--opt", "image=" + new References(conversion).image(image));
    }

    private void options(CommandLine line) {
        own.truth("Copy").ifPresent(copy -> line.add("--opt", copy ? "copy" : "nocopy"));
        var device = own.text("Device");
        device.ifPresent(value -> line.add("--opt", "device=" + value));
        var type = own.text("Type");
        if (type.isPresent()) {
            if (device.isEmpty()) {
                throw new BadKeyException("Type", "key Type can't be used without Device");
            }
            line.add("--opt", "type=" + type.get());
            if (type.get().equals("bind")) {
                conversion.needMountsOf(device.orElse(""));
            }
        }
        var parts = new ArrayList<String>();
        if (own.has("User")) {
            parts.add("uid=" + id("User", conversion.host()::userId));
        }
        if (own.has("Group")) {
            parts.add("gid=" + id("Group", conversion.host()::groupId));
        }
        own.text("Options").ifPresent(parts::add);
        if (!parts.isEmpty()) {
            line.add("--opt", "o=" + String.join(",", parts));
        }
    }

    /// A number; what begins with a specifier is systemd's to fill in.
    private String id(String key, Function<String, OptionalLong> lookUp) {
        var value = own.setting(key).orElse("");
        if (Conversion.isSpecifier(value)) {
            return value;
        }
        var id = value.isEmpty() ? OptionalLong.of(0) : lookUp.apply(value);
        return Long.toString(
                id.orElseThrow(() ->
                        new BadKeyException(
                                key,
                                "invalid "
                                        + key
                                        + " '"
                                        + value
                                        + "': neither a number nor a name that this host knows")));
    }
}
