package dev.kelpie.app.command.volume;

import dev.kelpie.app.flag.FlagException;
import dev.kelpie.engine.spec.VolumeOptions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/// `--opt NAME=VALUE` of `volume create`, for driver `local`: a directory of the host (`type=bind`
/// or `o=bind`, `device=/path`) or a file system to mount (`type=tmpfs`, `type=nfs`), whether the
/// image's content is copied, and who owns it.
final class DriverOptions {
    private static final Set<String> NAMES = Set.of("type", "device", "o", "copy", "nocopy");
    private static final Set<String> BINDS = Set.of("bind", "rbind");
    private static final Set<String> MOUNT_OPTIONS = Set.of("bind", "rbind", "ro", "rw");

    private DriverOptions() {}

    static VolumeOptions parse(List<String> words, int uid, int gid) {
        var options = new LinkedHashMap<String, String>();
        for (var word : words) {
            int equals = word.indexOf('=');
            var name = equals < 0 ? word : word.substring(0, equals);
            if (!NAMES.contains(name)) {
                throw FlagException.meaning(
                        "--opt \""
                                + word
                                + "\" is not supported: use type, device, o, copy, nocopy");
            }
            options.put(name, equals < 0 ? "" : word.substring(equals + 1));
        }
        var made = owned(new VolumeOptions(options, id("--uid", uid), id("--gid", gid)));
        if (made.mounts()) {
            requireDevice(made);
        } else {
            requireBind(made);
        }
        return made;
    }

    /// `o=uid=N,gid=N` of a directory of its own says whose that is, as `--uid` and `--gid` do.
    private static VolumeOptions owned(VolumeOptions made) {
        if (made.mounts() || made.bound().isPresent()) {
            return made;
        }
        return new VolumeOptions(
                made.driver(), word(made, "uid=", made.uid()), word(made, "gid=", made.gid()));
    }

    private static OptionalInt word(VolumeOptions made, String name, OptionalInt usual) {
        var said =
                made.mountOptions().stream()
                        .filter(option -> option.matches(name + "[0-9]{1,9}"))
                        .mapToInt(option -> Integer.parseInt(option.substring(name.length())))
                        .findFirst();
        return said.isPresent() ? said : usual;
    }

    private static OptionalInt id(String flag, int typed) {
        if (typed < -1) {
            throw FlagException.meaning(flag + " must not be negative, was " + typed);
        }
        return typed < 0 ? OptionalInt.empty() : OptionalInt.of(typed);
    }

    /// What mount(8) is told when the volume is used.
    private static void requireDevice(VolumeOptions made) {
        var type = made.type();
        if (!type.matches("[A-Za-z0-9][A-Za-z0-9._-]*")) {
            throw FlagException.meaning("--opt type=" + type + ": no type of file system");
        }
        if (!type.equals("tmpfs")) {
            if (!made.driver().containsKey("device")) {
                throw FlagException.meaning("--opt type=" + type + " needs --opt device=");
            }
            if (made.uid().isPresent() || made.gid().isPresent()) {
                throw FlagException.meaning("--uid and --gid cannot be used with type=" + type);
            }
        }
        made.mountOptions().stream()
                .filter(BINDS::contains)
                .findFirst()
                .ifPresent(bind -> {
                    throw FlagException.meaning(
                            "--opt o=" + bind + " cannot be used with type=" + type);
                });
    }

    private static void requireBind(VolumeOptions made) {
        var type = made.type();
        boolean bind =
                BINDS.contains(type) || made.mountOptions().stream().anyMatch(BINDS::contains);
        var device = made.driver().getOrDefault("device", "");
        if (bind != !device.isEmpty()) {
            throw FlagException.meaning(
                    bind
                            ? "--opt type=bind needs --opt device=/PATH"
                            : "--opt device=" + device + " needs --opt type=bind or o=bind");
        }
        if (bind && !device.startsWith("/")) {
            throw FlagException.meaning(
                    "--opt device=" + device + ": must be an absolute path of the host");
        }
        if (bind && (made.uid().isPresent() || made.gid().isPresent())) {
            throw FlagException.meaning(
                    "--uid and --gid cannot be used with a directory of the host");
        }
        for (var option : made.mountOptions()) {
            var owner = !bind && option.matches("[ug]id=[0-9]{1,9}");
            if (!owner && (!bind || !MOUNT_OPTIONS.contains(option))) {
                throw FlagException.meaning(
                        "--opt o="
                                + option
                                + " is not supported: a bind takes bind, rbind, ro, rw");
            }
        }
    }
}
