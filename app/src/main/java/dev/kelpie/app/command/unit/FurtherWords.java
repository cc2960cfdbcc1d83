package dev.kelpie.app.command.unit;

import dev.kelpie.engine.spec.GroupWords;
import dev.kelpie.engine.spec.Manner;
import dev.kelpie.engine.spec.NameFiles;
import dev.kelpie.engine.spec.RunAs;
import dev.kelpie.engine.spec.Scopes;
import dev.kelpie.engine.spec.Tuning;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/// Parts of a container for which a unit file has no key, as words of `run`.
final class FurtherWords {
    private FurtherWords() {}

    static List<String> ofScopes(Scopes scopes) {
        var words = new ArrayList<String>();
        if (scopes.hostUts()) {
            words.add("--uts=host");
        }
        if (scopes.hostCgroup()) {
            words.add("--cgroupns=host");
        }
        scopes.processesOf().ifPresent(id -> words.add("--pid=container:" + id));
        scopes.ipcOf().ifPresent(id -> words.add("--ipc=container:" + id));
        scopes.utsOf().ifPresent(id -> words.add("--uts=container:" + id));
        return words;
    }

    static List<String> ofFiles(NameFiles files) {
        var words = new ArrayList<String>();
        if (!files.hosts()) {
            words.add("--no-hosts");
        }
        if (!files.hostname()) {
            words.add("--no-hostname");
        }
        files.hostsBase().ifPresent(file -> words.add("--hosts-file=" + file));
        return words;
    }

    static List<String> ofUsers(RunAs runAs) {
        var words = new ArrayList<String>();
        if (runAs.umask().isPresent()) {
            words.add("--umask=%04o".formatted(runAs.umask().getAsInt()));
        }
        var accounts = runAs.accounts();
        if (!accounts.named()) {
            words.add("--passwd=false");
        }
        accounts.userLine().ifPresent(line -> words.add("--passwd-entry=" + line));
        accounts.groupLine().ifPresent(line -> words.add("--group-entry=" + line));
        accounts.ofHost().forEach(user -> words.add("--hostuser=" + user));
        return words;
    }

    static List<String> ofManner(Manner manner) {
        var words = new ArrayList<String>();
        switch (manner.systemd()) {
            case BY_COMMAND -> {}
            case ALWAYS -> words.add("--systemd=always");
            case NEVER -> words.add("--systemd=false");
        }
        manner.initPath().ifPresent(path -> words.add("--init-path=" + path));
        manner.pidFile().ifPresent(path -> words.add("--pidfile=" + path));
        if (manner.imageVolumes() != Manner.ImageVolumes.ANONYMOUS) {
            words.add("--image-volume=" + manner.imageVolumes().name().toLowerCase(Locale.ROOT));
        }
        manner.requires().forEach(id -> words.add("--requires=" + id));
        return words;
    }

    static List<String> ofGroup(Tuning tuning) {
        var words = new ArrayList<String>();
        var groups = tuning.groups();
        tuning.cpu().mems().ifPresent(mems -> words.add("--cpuset-mems=" + mems));
        if (tuning.memory().swappiness().isPresent()) {
            words.add("--memory-swappiness=" + tuning.memory().swappiness().getAsLong());
        }
        if (groups.ioWeight().isPresent()) {
            words.add("--blkio-weight=" + groups.ioWeight().getAsInt());
        }
        groups.ioRules()
                .forEach(rule ->
                        words.add(flag(rule.kind()) + "=" + rule.device() + ":" + rule.value()));
        groups.deviceRules().forEach(rule -> words.add("--device-cgroup-rule=" + text(rule)));
        groups.unified().forEach((file, value) -> words.add("--cgroup-conf=" + file + "=" + value));
        return words;
    }

    private static String flag(GroupWords.Kind kind) {
        return switch (kind) {
            case WEIGHT -> "--blkio-weight-device";
            case READ_BYTES -> "--device-read-bps";
            case WRITE_BYTES -> "--device-write-bps";
            case READ_OPERATIONS -> "--device-read-iops";
            case WRITE_OPERATIONS -> "--device-write-iops";
        };
    }

    private static String text(GroupWords.DeviceRule rule) {
        return rule.type()
                + " "
                + number(rule.major())
                + ":"
                + number(rule.minor())
                + " "
                + rule.access();
    }

    private static String number(OptionalLong number) {
        return number.isPresent() ? Long.toString(number.getAsLong()) : "*";
    }
}
