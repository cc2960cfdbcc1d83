package dev.kelpie.runtime.kernel;

import dev.kelpie.runtime.Command;
import dev.kelpie.runtime.Programs;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Directories of other machines, mounted by mount.nfs(8), which finds out what versions and ports
/// a server has before it asks the kernel.
public final class NfsMounts {

    private static final String PROGRAM = "mount.nfs";

    private NfsMounts() {}

    /// Why it cannot be done here; empty where it can.
    public static Optional<String> obstacle() {
        if (!UserNamespace.isInitial()) {
            return Optional.of("only root may mount nfs");
        }
        return Programs.find(PROGRAM).isPresent()
                ? Optional.empty()
                : Optional.of("there is no " + PROGRAM + " (apt-get install nfs-common)");
    }

    /// Mounts `SERVER:/PATH`; what the program says of a failure is in the exception.
    public static void mount(String device, boolean readOnly, Path target)
            throws InterruptedException {
        Command.of(command(device, readOnly, target)).run();
    }

    /// Devices and set-user-id files of another machine mean nothing here.
    static List<String> command(String device, boolean readOnly, Path target) {
        var options = (readOnly ? "ro" : "rw") + ",nodev,nosuid";
        return List.of(PROGRAM, device, target.toString(), "-o", options);
    }
}
