package dev.kelpie.app.command.unit;

import dev.kelpie.engine.spec.Confinement;
import java.util.List;

/// What holds a container in beyond its capabilities, as `.container` files say it.
final class ConfinementText {
    private ConfinementText() {}

    /// @param rest takes the flags that have no key
    static void write(UnitText text, Confinement confinement, List<String> rest) {
        switch (confinement.seccomp()) {
            case Confinement.Seccomp.Unconfined() -> text.add("SeccompProfile", "unconfined");
            case Confinement.Seccomp.File(var path) -> text.add("SeccompProfile", "" + path);
            case Confinement.Seccomp.Localhost(var folder, String profile) ->
                    text.add("SeccompProfile", folder.resolve(profile).toString());
            case Confinement.Seccomp.Usual(), Confinement.Seccomp.RuntimeDefault() -> {}
        }
        switch (confinement.appArmor()) {
            case Confinement.AppArmor.Unconfined() -> text.add("AppArmor", "unconfined");
            case Confinement.AppArmor.Localhost(String profile) -> text.add("AppArmor", profile);
            case Confinement.AppArmor.Usual(), Confinement.AppArmor.RuntimeDefault() -> {}
        }
        confinement.seLinux().ifPresent(label -> label(text, label, rest));
        text.words("Mask", confinement.proc().masked());
        text.words("Unmask", confinement.proc().unmasked());
        if (!confinement.proc().procOptions().isEmpty()) {
            option(rest, "proc-opts=" + String.join(",", confinement.proc().procOptions()));
        }
    }

    private static void label(UnitText text, Confinement.SeLinux label, List<String> rest) {
        label.user().ifPresent(user -> option(rest, "label=user:" + user));
        label.role().ifPresent(role -> option(rest, "label=role:" + role));
        label.type().ifPresent(type -> text.add("SecurityLabelType", type));
        label.level().ifPresent(level -> text.add("SecurityLabelLevel", level));
    }

    private static void option(List<String> rest, String option) {
        rest.addAll(List.of("--security-opt", option));
    }
}
