package dev.kelpie.kubegenerate;

import dev.kelpie.engine.spec.Confinement.AppArmor;
import dev.kelpie.engine.spec.Confinement.ProcView;
import dev.kelpie.engine.spec.Confinement.SeLinux;
import dev.kelpie.engine.spec.Confinement.Seccomp;
import dev.kelpie.engine.spec.ContainerSpec;
import dev.kelpie.engine.spec.Security;
import io.fabric8.kubernetes.api.model.AppArmorProfile;
import io.fabric8.kubernetes.api.model.Capabilities;
import io.fabric8.kubernetes.api.model.SELinuxOptions;
import io.fabric8.kubernetes.api.model.SeccompProfile;
import io.fabric8.kubernetes.api.model.SecurityContext;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/// The security context of one container.
final class SecurityMaker {
    private static final Path SECCOMP_PROFILES = Path.of("/var/lib/kubelet/seccomp");
    private static final String LOCALHOST = "Localhost";
    private static final String UNCONFINED = "Unconfined";
    private static final String RUNTIME_DEFAULT = "RuntimeDefault";

    private final ContainerSpec container;
    private final Security security;
    private final String owner;
    private final Losses losses;
    private final SecurityContext made = new SecurityContext();

    SecurityMaker(ContainerSpec container, String owner, Losses losses) {
        this.container = container;
        this.security = container.security();
        this.owner = owner;
        this.losses = losses;
    }

    /// Empty when all is as usual.
    Optional<SecurityContext> make() {
        user();
        if (security.runAs().nonRoot()) {
            made.setRunAsNonRoot(true);
        }
        if (security.privileged()) {
            made.setPrivileged(true);
        }
        if (security.readOnlyRootFilesystem()) {
            made.setReadOnlyRootFilesystem(true);
            scratch();
        }
        escalation();
        capabilities();
        var confinement = security.confinement();
        seccomp(confinement.seccomp()).ifPresent(made::setSeccompProfile);
        appArmor(confinement.appArmor()).ifPresent(made::setAppArmorProfile);
        confinement.seLinux().map(SecurityMaker::label).ifPresent(made::setSeLinuxOptions);
        proc(confinement.proc());
        return made.equals(new SecurityContext()) ? Optional.empty() : Optional.of(made);
    }

    /// Played again, it has these in memory where nothing else is mounted.
    private void scratch() {
        if (security.noScratch()
                && container.mounts().stream().noneMatch(it -> it.mountPath().equals("/tmp"))) {
            losses.note(owner, "/run, /tmp and /var/tmp are not writable");
        }
    }

    private void user() {
        var written = container.process().user().orElse("");
        if (written.isEmpty()) {
            return;
        }
        var colon = written.indexOf(':');
        var user = colon < 0 ? written : written.substring(0, colon);
        var group = colon < 0 ? "" : written.substring(colon + 1);
        if (!user.isEmpty()) {
            id("user", user).ifPresent(made::setRunAsUser);
        }
        if (!group.isEmpty()) {
            id("group", group).ifPresent(made::setRunAsGroup);
        }
        if (!Integer.valueOf(0).equals(number(user)) || !security.runAs().nonRoot()) {
            return;
        }
        losses.note(owner, "root contradicts 'must not be root'");
        made.setRunAsUser(null);
    }

    private static @org.jspecify.annotations.Nullable Integer number(String text) {
        return text.matches("\\d{1,9}") ? Integer.valueOf(text) : null;
    }

    private Optional<Long> id(String what, String text) {
        if (text.matches("\\d{1,10}") && Long.parseLong(text) <= Integer.MAX_VALUE) {
            return Optional.of(Long.valueOf(text));
        }
        losses.note(
                owner, what + " '" + text + "': runs as the image's, only numbers can be given");
        return Optional.empty();
    }

    private void escalation() {
        if (!security.noNewPrivileges()) {
            return;
        }
        if (security.privileged() || security.addCapabilities().contains("SYS_ADMIN")) {
            losses.note(owner, "no-new-privileges cannot go with privileged or SYS_ADMIN");
        } else {
            made.setAllowPrivilegeEscalation(false);
        }
    }

    private void capabilities() {
        var add = security.addCapabilities();
        var drop = security.dropCapabilities();
        if (add.isEmpty() && drop.isEmpty()) {
            return;
        }
        var capabilities = new Capabilities();
        capabilities.setAdd(sorted(add));
        capabilities.setDrop(sorted(drop));
        made.setCapabilities(capabilities);
    }

    private static java.util.List<String> sorted(Set<String> names) {
        return names.stream().sorted().toList();
    }

    private Optional<SeccompProfile> seccomp(Seccomp seccomp) {
        return switch (seccomp) {
            case Seccomp.Usual _ -> Optional.empty();
            case Seccomp.RuntimeDefault _ -> Optional.of(new SeccompProfile(null, RUNTIME_DEFAULT));
            case Seccomp.Unconfined _ -> Optional.of(new SeccompProfile(null, UNCONFINED));
            case Seccomp.Localhost(var folder, var profile) -> {
                if (!folder.equals(SECCOMP_PROFILES)) {
                    losses.note(
                            owner,
                            "the seccomp profile is in "
                                    + folder
                                    + " (kube play --seccomp-profile-root)");
                }
                yield Optional.of(new SeccompProfile(profile, LOCALHOST));
            }
            case Seccomp.File(var path) -> seccompFile(path);
        };
    }

    private Optional<SeccompProfile> seccompFile(Path path) {
        if (path.startsWith(SECCOMP_PROFILES) && !path.equals(SECCOMP_PROFILES)) {
            var inside = SECCOMP_PROFILES.relativize(path).toString();
            return Optional.of(new SeccompProfile(inside, LOCALHOST));
        }
        losses.note(
                owner, "seccomp profile '" + path + "': one must lie below " + SECCOMP_PROFILES);
        return Optional.empty();
    }

    private static Optional<AppArmorProfile> appArmor(AppArmor appArmor) {
        return switch (appArmor) {
            case AppArmor.Usual _ -> Optional.empty();
            case AppArmor.RuntimeDefault _ ->
                    Optional.of(new AppArmorProfile(null, RUNTIME_DEFAULT));
            case AppArmor.Unconfined _ -> Optional.of(new AppArmorProfile(null, UNCONFINED));
            case AppArmor.Localhost(var profile) ->
                    Optional.of(new AppArmorProfile(profile, LOCALHOST));
        };
    }

    private static SELinuxOptions label(SeLinux label) {
        var options = new SELinuxOptions();
        label.user().ifPresent(options::setUser);
        label.role().ifPresent(options::setRole);
        label.type().ifPresent(options::setType);
        label.level().ifPresent(options::setLevel);
        return options;
    }

    private void proc(ProcView proc) {
        if (!proc.masked().isEmpty()) {
            losses.note(owner, "paths masked beyond the usual: " + proc.masked());
        }
        if (!proc.unmasked().isEmpty()) {
            losses.note(owner, "unmasked paths: " + proc.unmasked());
        }
        if (!proc.procOptions().isEmpty()) {
            losses.note(owner, "mount options of /proc: " + proc.procOptions());
        }
    }
}
