package dev.kelpie.app.command.container;

import dev.kelpie.engine.spec.Confinement.AppArmor;
import dev.kelpie.engine.spec.Confinement.SeLinux;
import dev.kelpie.engine.spec.Confinement.Seccomp;
import dev.kelpie.engine.spec.Security;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a container is trusted with, as `--security-opt` has it; usual things are left out.
final class SecurityWords {
    private SecurityWords() {}

    static List<String> of(Security security) {
        var words = new ArrayList<String>();
        if (security.noNewPrivileges()) {
            words.add("no-new-privileges");
        }
        var confinement = security.confinement();
        seccomp(confinement.seccomp()).ifPresent(word -> words.add("seccomp=" + word));
        appArmor(confinement.appArmor()).ifPresent(word -> words.add("apparmor=" + word));
        confinement.seLinux().ifPresent(label -> labels(label, words));
        var proc = confinement.proc();
        list("mask", ":", proc.masked()).ifPresent(words::add);
        list("unmask", ":", proc.unmasked()).ifPresent(words::add);
        list("proc-opts", ",", proc.procOptions()).ifPresent(words::add);
        return words;
    }

    private static Optional<String> seccomp(Seccomp seccomp) {
        return switch (seccomp) {
            case Seccomp.Usual(), Seccomp.RuntimeDefault() -> Optional.empty();
            case Seccomp.Unconfined() -> Optional.of("unconfined");
            case Seccomp.File(Path path) -> Optional.of(path.toString());
            case Seccomp.Localhost(Path folder, String profile) ->
                    Optional.of(folder.resolve(profile).toString());
        };
    }

    private static Optional<String> appArmor(AppArmor appArmor) {
        return switch (appArmor) {
            case AppArmor.Usual(), AppArmor.RuntimeDefault() -> Optional.empty();
            case AppArmor.Unconfined() -> Optional.of("unconfined");
            case AppArmor.Localhost(String profile) -> Optional.of(profile);
        };
    }

    private static void labels(SeLinux label, List<String> words) {
        label.user().ifPresent(part -> words.add("label=user:" + part));
        label.role().ifPresent(part -> words.add("label=role:" + part));
        label.type().ifPresent(part -> words.add("label=type:" + part));
        label.level().ifPresent(part -> words.add("label=level:" + part));
    }

    private static Optional<String> list(String name, String separator, List<String> values) {
        return values.isEmpty()
                ? Optional.empty()
                : Optional.of(name + "=" + String.join(separator, values));
    }
}
