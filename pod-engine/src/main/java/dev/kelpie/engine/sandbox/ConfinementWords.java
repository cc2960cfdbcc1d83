package dev.kelpie.engine.sandbox;

import dev.kelpie.engine.spec.Confinement;
import dev.kelpie.engine.spec.Confinement.AppArmor;
import dev.kelpie.engine.spec.Confinement.SeLinux;
import dev.kelpie.engine.spec.Confinement.Seccomp;
import dev.kelpie.engine.spec.RunAs;
import dev.kelpie.runtime.oci.ContainerConfig;
import dev.kelpie.runtime.oci.ContainerConfig.SeccompChoice;
import dev.kelpie.runtime.oci.SecurityModules;
import dev.kelpie.runtime.spec.OciProcess;
import java.nio.file.Path;
import java.util.Optional;

/// What a spec says of confinement, in the runtime's words.
public final class ConfinementWords {

    private ConfinementWords() {}

    static ContainerConfig.UserRules userRules(RunAs runAs) {
        var memberships =
                switch (runAs.memberships()) {
                    case UNLESS_GROUP_GIVEN -> ContainerConfig.Memberships.UNLESS_GROUP_GIVEN;
                    case MERGE -> ContainerConfig.Memberships.MERGE;
                    case STRICT -> ContainerConfig.Memberships.STRICT;
                };
        return new ContainerConfig.UserRules(
                runAs.groups(),
                memberships,
                runAs.nonRoot(),
                runAs.umask().orElse(OciProcess.User.USUAL_UMASK));
    }

    public static SeccompChoice seccomp(Seccomp seccomp) {
        return switch (seccomp) {
            case Seccomp.Usual() -> new SeccompChoice.Usual();
            case Seccomp.RuntimeDefault() -> new SeccompChoice.RuntimeDefault();
            case Seccomp.Unconfined() -> new SeccompChoice.Unconfined();
            case Seccomp.File(Path path) -> new SeccompChoice.Profile(path);
            case Seccomp.Localhost(Path folder, String profile) ->
                    new SeccompChoice.Inside(folder, profile);
        };
    }

    static ContainerConfig.ProcView proc(Confinement.ProcView view) {
        return new ContainerConfig.ProcView(view.masked(), view.unmasked(), view.procOptions());
    }

    static ContainerConfig.SecurityLabels labels(Confinement confinement) {
        return new ContainerConfig.SecurityLabels(
                appArmor(confinement.appArmor()),
                confinement.seLinux().map(ConfinementWords::processLabel),
                confinement.seLinux().map(ConfinementWords::mountLabel));
    }

    private static Optional<String> appArmor(AppArmor appArmor) {
        return switch (appArmor) {
            case AppArmor.Usual(), AppArmor.Unconfined() -> Optional.empty();
            case AppArmor.RuntimeDefault() -> SecurityModules.ofThisHost().defaultProfile();
            case AppArmor.Localhost(String profile) -> Optional.of(profile);
        };
    }

    /// The field's policy for containers (container-selinux) where a part is not given.
    private static String processLabel(SeLinux label) {
        return String.join(
                ":",
                label.user().orElse("system_u"),
                label.role().orElse("system_r"),
                label.type().orElse("container_t"),
                label.level().orElse("s0"));
    }

    private static String mountLabel(SeLinux label) {
        return String.join(
                ":",
                label.user().orElse("system_u"),
                "object_r",
                "container_file_t",
                label.level().orElse("s0"));
    }
}
