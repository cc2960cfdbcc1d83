package dev.kelpie.app.command.container;

import dev.kelpie.app.flag.FlagException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/// Flags of Podman's that mean nothing here: each is refused with the reason.
final class RefusedFlags {
    static final String NO_FILES =
            "a container is started by the engine's service, which has not the caller's files open";

    @Option(names = "--preserve-fds", hidden = true)
    int preserveFds;

    @Option(names = "--preserve-fd", split = ",", hidden = true)
    List<String> preserveFd = new ArrayList<>();

    @Option(names = "--chrootdirs", hidden = true)
    String chrootDirs = "";

    @Option(names = "--personality", hidden = true)
    String personality = "";

    @Option(names = "--rdt-class", hidden = true)
    String rdtClass = "";

    @Option(names = "--decryption-key", hidden = true)
    List<String> decryptionKeys = new ArrayList<>();

    @Option(names = "--shm-size-systemd", hidden = true)
    String shmSizeSystemd = "";

    @Option(names = "--init-ctr", hidden = true)
    String initContainer = "";

    void requireNone() {
        refuse("--preserve-fds", preserveFds != 0 || !preserveFd.isEmpty(), NO_FILES);
        refuse("--chrootdirs", !chrootDirs.isEmpty(), "there is no chroot in a container here");
        refuse(
                "--personality",
                !personality.isEmpty(),
                "take an image of that architecture (--platform)");
        refuse("--rdt-class", !rdtClass.isEmpty(), "caches of processors are not shared out");
        refuse("--decryption-key", !decryptionKeys.isEmpty(), "no image is encrypted here");
        refuse(
                "--shm-size-systemd",
                !shmSizeSystemd.isEmpty(),
                "what systemd has in memory grows as it needs");
        refuse(
                "--init-ctr",
                !initContainer.isEmpty(),
                "write the pod as YAML: its initContainers are what 'kube play' runs first");
    }

    static void refuse(String flag, boolean given, String why) {
        if (given) {
            throw FlagException.meaning(flag + " is not supported: " + why);
        }
    }
}
