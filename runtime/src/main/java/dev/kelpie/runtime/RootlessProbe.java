package dev.kelpie.runtime;

import dev.kelpie.runtime.kernel.UserNamespace;
import dev.kelpie.runtime.network.UplinkProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// What an engine without root needs of the host besides, and how root of the host mends what is
/// missing.
final class RootlessProbe {

    static final String CGROUP_MEND =
            "a host with cgroup v2 and systemd, and a session of its own: loginctl enable-linger USER, then log in"
                    + " (not by su or cron)";

    private static final Path TUN = Path.of("/dev/net/tun");
    private static final Path LOW_PORTS = Path.of("/proc/sys/net/ipv4/ip_unprivileged_port_start");
    private static final Path SYSTEMD = Path.of("/run/systemd/system");
    private static final Path LINGERING = Path.of("/var/lib/systemd/linger");
    private static final long ENOUGH_IDS = 65_536;

    private RootlessProbe() {}

    static List<HostFact> look() {
        return List.of(ids(), tun(), uplink(), lowPorts(), linger());
    }

    private static HostFact ids() {
        var count = UserNamespace.idCount();
        if (count < ENOUGH_IDS) {
            return new HostFact.Lacking(
                    "subordinate ids",
                    "only " + count + " user ids: images have more",
                    "usermod --add-subuids 100000-165535 --add-subgids 100000-165535 USER, then system service --stop",
                    false);
        }
        return new HostFact.Found("subordinate ids", count + " user ids");
    }

    private static HostFact tun() {
        if (!Files.isWritable(TUN)) {
            return new HostFact.Lacking(
                    "tun device",
                    "'"
                            + TUN
                            + "' is missing or only root's: pods do not reach the world, and no port is published",
                    "modprobe tun; chmod 666 " + TUN + " (udev does so on most hosts)",
                    false);
        }
        return new HostFact.Found("tun device", TUN.toString());
    }

    private static HostFact uplink() {
        var chosen = UplinkProgram.ofThisHost();
        var program = chosen.map(UplinkProgram::command).flatMap(Programs::find);
        if (program.isPresent() && chosen.get() == UplinkProgram.PASTA) {
            return new HostFact.Found("network program", program.get().toString());
        }
        if (program.isPresent()) {
            return new HostFact.Found(
                    "network program",
                    program.get() + ": pods do not see the address of a published port's client");
        }
        return new HostFact.Lacking(
                "network program",
                "program '"
                        + chosen.orElse(UplinkProgram.PASTA).command()
                        + "', which leads into the world, is not installed",
                "apt-get install passt (Fedora: dnf install passt), or slirp4netns",
                false);
    }

    private static HostFact lowPorts() {
        return new HostFact.Found(
                "ports",
                "from "
                        + text(LOW_PORTS)
                        + " on (sysctl net.ipv4.ip_unprivileged_port_start lets in lower ones)");
    }

    /// Without it systemd ends all of a user's processes when the last session ends.
    private static HostFact linger() {
        var user = String.valueOf(System.getenv("USER"));
        if (!Files.isDirectory(SYSTEMD)) {
            return new HostFact.Found("linger", "not needed: no systemd");
        }
        if (!Files.exists(LINGERING.resolve(user))) {
            return new HostFact.Lacking(
                    "linger",
                    "systemd ends the containers of '" + user + "' at logout",
                    "loginctl enable-linger " + user,
                    false);
        }
        return new HostFact.Found("linger", "containers of '" + user + "' outlive the session");
    }

    private static String text(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException _) {
            return "1024";
        }
    }
}
