package dev.kelpie.app.flag;

import dev.kelpie.engine.spec.ContainerSpec;
import java.util.ArrayList;
import java.util.List;

/// The global flag `--cdi-spec-dir`: where a container's named devices are looked up, now and at
/// each later start.
public final class DeviceFolders {
    private static final String FLAG = "--cdi-spec-dir";

    private DeviceFolders() {}

    /// The same container, with the folders that the command line names.
    ///
    /// @param own how many words at its end are the container's
    public static ContainerSpec told(List<String> arguments, int own, ContainerSpec container) {
        var tuning = container.resources().tuning();
        if (tuning.devices().stream().noneMatch(device -> device.named())) {
            return container;
        }
        var folders = folders(arguments.subList(0, Math.max(0, arguments.size() - own)));
        var devices = tuning.devices().stream().map(device -> device.from(folders)).toList();
        return container.withResources(
                container.resources().withTuning(tuning.withDevices(devices)));
    }

    static List<String> folders(List<String> arguments) {
        var folders = new ArrayList<String>();
        for (int at = 0; at < arguments.size(); at++) {
            var word = arguments.get(at);
            if (word.equals(FLAG) && at + 1 < arguments.size()) {
                folders.add(arguments.get(at + 1));
            } else if (word.startsWith(FLAG + "=")) {
                folders.add(word.substring(FLAG.length() + 1));
            }
        }
        for (var folder : folders) {
            if (!folder.startsWith("/")) {
                throw FlagException.meaning(FLAG + " must be absolute, was \"" + folder + "\"");
            }
        }
        return folders;
    }
}
