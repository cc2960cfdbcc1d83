package dev.kelpie.kubeplay.rules;

import dev.kelpie.kubeplay.yaml.Mapping;
import java.util.List;
import java.util.Locale;

/// Rules for what a container is trusted with.
///
/// @see <a href="https://man7.org/linux/man-pages/man7/capabilities.7.html">capabilities(7)</a>
final class SecurityRules {

    private static final List<String> CAPABILITIES =
            List.of(
                    ("ALL AUDIT_CONTROL AUDIT_READ AUDIT_WRITE BLOCK_SUSPEND BPF CHECKPOINT_RESTORE CHOWN"
                                    + " DAC_OVERRIDE DAC_READ_SEARCH FOWNER FSETID IPC_LOCK IPC_OWNER KILL LEASE"
                                    + " LINUX_IMMUTABLE MAC_ADMIN MAC_OVERRIDE MKNOD NET_ADMIN NET_BIND_SERVICE"
                                    + " NET_BROADCAST NET_RAW PERFMON SETFCAP SETGID SETPCAP SETUID SYS_ADMIN"
                                    + " SYS_BOOT SYS_CHROOT SYS_MODULE SYS_NICE SYS_PACCT SYS_PTRACE SYS_RAWIO"
                                    + " SYS_RESOURCE SYS_TIME SYS_TTY_CONFIG SYSLOG WAKE_ALARM")
                            .split(" "));

    private static final List<String> PROC_MOUNTS = List.of("Default", "Unmasked");

    private final Complaints complaints;
    private final ContextRules common;

    SecurityRules(Complaints complaints) {
        this.complaints = complaints;
        this.common = new ContextRules(complaints);
    }

    void check(Mapping container, Mapping podSpec) {
        var context = container.mapping("securityContext");
        common.check(context);
        common.windows(podSpec, context);
        checkProcMount(context, podSpec);
        var capabilities = context.mapping("capabilities");
        checkNames(capabilities, "add");
        checkNames(capabilities, "drop");
        var forbidden =
                context.has("allowPrivilegeEscalation")
                        && !context.flag("allowPrivilegeEscalation");
        if (forbidden && context.flag("privileged")) {
            complaints.at(
                    context, "allowPrivilegeEscalation", "must not be false with privileged: true");
        }
        if (forbidden && capabilities.texts("add").stream().anyMatch(SecurityRules::isSysAdmin)) {
            complaints.at(
                    context,
                    "allowPrivilegeEscalation",
                    "must not be false with the capability SYS_ADMIN");
        }
    }

    /// An unmasked /proc is for those whose root is nobody on the host, and for those who may do
    /// anything anyway (so Podman writes them).
    private void checkProcMount(Mapping context, Mapping podSpec) {
        complaints.oneOf(context, "procMount", PROC_MOUNTS);
        var inHostsUsers = !podSpec.has("hostUsers") || podSpec.flag("hostUsers");
        if (context.text("procMount").orElse("").equals("Unmasked")
                && inHostsUsers
                && !context.flag("privileged")) {
            complaints.at(context, "procMount", "hostUsers must be false to use Unmasked");
        }
    }

    private static boolean isSysAdmin(String name) {
        return plain(name).equals("SYS_ADMIN");
    }

    private void checkNames(Mapping capabilities, String key) {
        for (var name : capabilities.scalars(key)) {
            if (!CAPABILITIES.contains(plain(name.text()))) {
                complaints.at(
                        name,
                        "must be a Linux capability, was " + Complaints.quoted(name.text()),
                        Complaints.didYouMean(plain(name.text()), CAPABILITIES));
            }
        }
    }

    private static String plain(String name) {
        var upper = name.toUpperCase(Locale.ROOT);
        return upper.startsWith("CAP_") ? upper.substring("CAP_".length()) : upper;
    }
}
