package dev.kelpie.app.flag;

import dev.kelpie.engine.spec.Tuning.Device;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/// `--device HOST[:CONTAINER][:rwm]`, where a folder stands for the devices in it, or `--device
/// vendor.com/class=name`.
public final class DeviceFlag {
    private static final String GPU = "nvidia.com/gpu=";
    private static final int MOST_IN_FOLDER = 256;

    private DeviceFlag() {}

    public static List<Device> parse(String word) {
        if (Device.isName(word)) {
            return List.of(Device.named(word));
        }
        var parts = word.split(":", -1);
        if (parts.length > 3 || !parts[0].startsWith("/")) {
            throw FlagException.meaning(
                    "invalid --device \""
                            + word
                            + "\": use HOST[:CONTAINER][:rwm] with paths, or vendor.com/class=name");
        }
        var access = "rwm";
        var inside = parts[0];
        if (parts.length == 3) {
            inside = parts[1];
            access = parts[2];
        } else if (parts.length == 2) {
            inside = parts[1].startsWith("/") ? parts[1] : inside;
            access = parts[1].startsWith("/") ? access : parts[1];
        }
        if (!access.matches("[rwm]{1,3}") || !inside.startsWith("/")) {
            throw FlagException.meaning("invalid device mode: \"" + access + "\" of " + word);
        }
        return devices(Path.of(parts[0]), inside, access);
    }

    /// What `--gpus` says: `all`, `0`, or `device=0,1`, as the maker whose runtime it was for names
    /// them.
    public static List<Device> gpus(String word) {
        var text = word.replace("\"", "");
        var names = text.startsWith("device=") ? text.substring("device=".length()) : text;
        return Arrays.stream(names.split(",", -1))
                .map(name -> GPU + name)
                .map(name -> {
                    if (!Device.isName(name)) {
                        throw FlagException.meaning(
                                "invalid --gpus \"" + word + "\": use all, or names");
                    }
                    return Device.named(name);
                })
                .toList();
    }

    private static List<Device> devices(Path host, String inside, String access) {
        if (!Files.isDirectory(host)) {
            return List.of(new Device(host.toString(), inside, access));
        }
        try (Stream<Path> found = Files.list(host)) {
            return found.filter(path -> !Files.isDirectory(path) && !Files.isRegularFile(path))
                    .sorted()
                    .limit(MOST_IN_FOLDER)
                    .map(path ->
                            new Device(path.toString(), inside + "/" + path.getFileName(), access))
                    .toList();
        } catch (IOException e) {
            throw FlagException.meaning("cannot list devices in '" + host + "'");
        }
    }
}
