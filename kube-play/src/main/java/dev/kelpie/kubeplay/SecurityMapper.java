package dev.kelpie.kubeplay;

import dev.kelpie.engine.spec.Confinement;
import dev.kelpie.engine.spec.Confinement.AppArmor;
import dev.kelpie.engine.spec.Confinement.ProcView;
import dev.kelpie.engine.spec.Confinement.SeLinux;
import dev.kelpie.engine.spec.Confinement.Seccomp;
import dev.kelpie.engine.spec.PodSecurity;
import dev.kelpie.engine.spec.PodSecurity.FsGroup;
import dev.kelpie.engine.spec.RunAs;
import dev.kelpie.engine.spec.Security;
import dev.kelpie.engine.spec.Sysctl;
import dev.kelpie.kubeplay.yaml.Mapping;
import dev.kelpie.kubeplay.yaml.Node;
import dev.kelpie.kubeplay.yaml.ScalarKind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// What the containers of a pod are trusted with. A field of the container takes the place of the
/// pod's of that name, all of it, as in the kubelet.
final class SecurityMapper {

    private static final String PREFIX = "CAP_";

    private final Mapping podContext;
    private final Path seccompProfiles;
    private final boolean ownUsers;

    /// @param ownUsers whether the pod's root is nobody on the host
    SecurityMapper(Mapping podContext, Path seccompProfiles, boolean ownUsers) {
        this.podContext = podContext;
        this.seccompProfiles = seccompProfiles;
        this.ownUsers = ownUsers;
    }

    Security security(Mapping container) {
        var context = container.mapping("securityContext");
        var capabilities = context.mapping("capabilities");
        var escalation = "allowPrivilegeEscalation";
        return new Security(
                context.flag("privileged"),
                context.flag("readOnlyRootFilesystem"),
                false,
                context.has(escalation) && !context.flag(escalation),
                names(capabilities, "add"),
                names(capabilities, "drop"),
                runAs(context),
                new Confinement(
                        seccomp(context),
                        appArmor(whichHas(context, "appArmorProfile").mapping("appArmorProfile")),
                        seLinux(whichHas(context, "seLinuxOptions").mapping("seLinuxOptions")),
                        proc(context)));
    }

    /// An unmasked /proc is for those whose root is nobody on the host.
    private ProcView proc(Mapping context) {
        return ownUsers && context.text("procMount").orElse("").equals("Unmasked")
                ? new ProcView(List.of(), List.of("ALL"), List.of())
                : ProcView.USUAL;
    }

    /// The container's own where it says anything of that field.
    private Mapping whichHas(Mapping own, String key) {
        return own.has(key) ? own : podContext;
    }

    private static Set<String> names(Mapping capabilities, String key) {
        return capabilities.texts(key).stream()
                .map(name -> name.toUpperCase(Locale.ROOT))
                .map(name -> name.startsWith(PREFIX) ? name.substring(PREFIX.length()) : name)
                .collect(Collectors.toUnmodifiableSet());
    }

    /// `fsGroup` is one of the groups too, else the volumes would be of no use.
    private RunAs runAs(Mapping context) {
        var groups = new ArrayList<String>();
        podContext.scalar("fsGroup").ifPresent(scalar -> addId(scalar, groups));
        podContext.scalars("supplementalGroups").forEach(scalar -> addId(scalar, groups));
        var strict = podContext.text("supplementalGroupsPolicy").orElse("").equals("Strict");
        return new RunAs(
                whichHas(context, "runAsNonRoot").flag("runAsNonRoot"),
                groups.stream().distinct().toList(),
                strict ? RunAs.Memberships.STRICT : RunAs.Memberships.MERGE);
    }

    private static void addId(Node.Scalar scalar, List<String> groups) {
        ScalarKind.integer(scalar).ifPresent(id -> groups.add(Long.toString(id)));
    }

    /// A privileged container has no filter, whatever it asks for.
    private Seccomp seccomp(Mapping context) {
        var profile = whichHas(context, "seccompProfile").mapping("seccompProfile");
        if (context.flag("privileged")) {
            return new Seccomp.Usual();
        }
        return switch (profile.text("type").orElse("")) {
            case "RuntimeDefault" -> new Seccomp.RuntimeDefault();
            case "Unconfined" -> new Seccomp.Unconfined();
            case "Localhost" ->
                    new Seccomp.Localhost(
                            seccompProfiles, profile.text("localhostProfile").orElse(""));
            default -> new Seccomp.Usual();
        };
    }

    private static AppArmor appArmor(Mapping profile) {
        return switch (profile.text("type").orElse("")) {
            case "RuntimeDefault" -> new AppArmor.RuntimeDefault();
            case "Unconfined" -> new AppArmor.Unconfined();
            case "Localhost" -> new AppArmor.Localhost(profile.text("localhostProfile").orElse(""));
            default -> new AppArmor.Usual();
        };
    }

    /// Empty parts are as good as none.
    private static Optional<SeLinux> seLinux(Mapping options) {
        var label =
                new SeLinux(
                        options.word("user"),
                        options.word("role"),
                        options.word("type"),
                        options.word("level"));
        var none =
                new SeLinux(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
        return label.equals(none) ? Optional.empty() : Optional.of(label);
    }

    /// What holds for the pod as a whole.
    static PodSecurity podSecurity(Mapping context) {
        var sysctls = new TreeMap<String, String>();
        for (var sysctl : context.mappings("sysctls")) {
            Sysctl.of(sysctl.text("name").orElse(""))
                    .ifPresent(known -> sysctls.put(known.name(), sysctl.text("value").orElse("")));
        }
        var onRootMismatch =
                context.text("fsGroupChangePolicy").orElse("").equals("OnRootMismatch");
        var group = context.number("fsGroup");
        return new PodSecurity(
                sysctls,
                group.isPresent()
                        ? Optional.of(new FsGroup(group.getAsLong(), onRootMismatch))
                        : Optional.empty());
    }
}
