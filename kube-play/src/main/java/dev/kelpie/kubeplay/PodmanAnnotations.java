package dev.kelpie.kubeplay;

import dev.kelpie.engine.spec.Confinement;
import dev.kelpie.engine.spec.Confinement.AppArmor;
import dev.kelpie.engine.spec.Confinement.Seccomp;
import dev.kelpie.engine.spec.ContainerSpec;
import dev.kelpie.engine.spec.InfraSpec;
import dev.kelpie.engine.spec.PodSharing;
import dev.kelpie.engine.spec.Resources;
import dev.kelpie.engine.spec.Security;
import dev.kelpie.engine.spec.Tuning;
import dev.kelpie.engine.spec.UlimitSyntax;
import dev.kelpie.kubeplay.rules.PodmanKeys;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/// What Podman's annotations, and Kubernetes' former ones, ask of a pod's containers.
final class PodmanAnnotations {

    private final Map<String, String> annotations;
    private final Path seccompProfiles;

    PodmanAnnotations(Map<String, String> annotations, Path seccompProfiles) {
        this.annotations = annotations;
        this.seccompProfiles = seccompProfiles;
    }

    /// The container with all that they ask of it.
    ContainerSpec of(ContainerSpec container) {
        var name = container.shortName();
        var changed =
                container
                        .withResources(resources(container.resources(), name))
                        .withSecurity(security(container.security(), name));
        if (isOn(PodmanKeys.INIT + name)) {
            var policy = changed.policy();
            changed = changed.withPolicy(policy.withUpkeep(policy.upkeep().withInit(true)));
        }
        if (isOn(PodmanKeys.AUTO_REMOVE + name)) {
            var policy = changed.policy();
            changed = changed.withPolicy(policy.withUpkeep(policy.upkeep().withAutoRemove(true)));
        }
        for (var key : List.of(PodmanKeys.AUTOUPDATE, PodmanKeys.AUTH_FILE)) {
            var label = value(key + "/" + name).or(() -> value(key));
            if (label.isPresent()) {
                changed = changed.withLabel(key, label.get());
            }
        }
        return changed;
    }

    private Optional<String> value(String key) {
        return Optional.ofNullable(annotations.get(key)).filter(text -> !text.isEmpty());
    }

    private boolean isOn(String key) {
        return value(key).filter(text -> text.equalsIgnoreCase("true")).isPresent();
    }

    private Resources resources(Resources resources, String name) {
        var pids = value(PodmanKeys.PIDS_LIMIT + name).map(Long::valueOf);
        var processors = value(PodmanKeys.CPUSET + name);
        var mems = value(PodmanKeys.MEMORY_NODES + name);
        var ulimits =
                value(PodmanKeys.ULIMIT).stream()
                        .flatMap(text -> Stream.of(text.split(",")))
                        .map(String::strip)
                        .map(UlimitSyntax::parse)
                        .toList();
        var tuning = resources.tuning();
        var cpu = tuning.cpu();
        return new Resources(
                resources.requests(),
                resources.limits(),
                pids.map(OptionalLong::of).orElse(resources.pidsLimit()),
                resources.hugepages(),
                resources.restartOnResize(),
                tuning.withCpu(
                                new Tuning.Cpu(
                                        cpu.shares(),
                                        cpu.period(),
                                        cpu.quota(),
                                        processors.or(cpu::set),
                                        mems.or(cpu::mems)))
                        .withUlimits(ulimits.isEmpty() ? tuning.ulimits() : ulimits));
    }

    /// A field of today wins over an annotation of yesterday.
    private Security security(Security security, String name) {
        var confinement = security.confinement();
        var seccomp = confinement.seccomp();
        if (seccomp instanceof Seccomp.Usual && !security.privileged()) {
            seccomp =
                    value(PodmanKeys.SECCOMP + name)
                            .or(() -> value(PodmanKeys.POD_SECCOMP))
                            .map(this::seccomp)
                            .orElse(seccomp);
        }
        var appArmor = confinement.appArmor();
        if (appArmor instanceof AppArmor.Usual) {
            appArmor =
                    value(PodmanKeys.APPARMOR + name)
                            .map(PodmanAnnotations::appArmor)
                            .orElse(appArmor);
        }
        return new Security(
                security.privileged(),
                security.readOnlyRootFilesystem(),
                security.noScratch(),
                security.noNewPrivileges(),
                security.addCapabilities(),
                security.dropCapabilities(),
                security.runAs(),
                new Confinement(seccomp, appArmor, confinement.seLinux(), confinement.proc()));
    }

    private Seccomp seccomp(String text) {
        return switch (text) {
            case "unconfined" -> new Seccomp.Unconfined();
            case "runtime/default", "docker/default" -> new Seccomp.RuntimeDefault();
            default -> new Seccomp.Localhost(seccompProfiles, withoutHost(text));
        };
    }

    private static AppArmor appArmor(String text) {
        return switch (text) {
            case "unconfined" -> new AppArmor.Unconfined();
            case "runtime/default" -> new AppArmor.RuntimeDefault();
            default -> new AppArmor.Localhost(withoutHost(text));
        };
    }

    private static String withoutHost(String text) {
        return text.startsWith("localhost/") ? text.substring("localhost/".length()) : text;
    }

    /// What is shared, with the infra container's name.
    PodSharing of(PodSharing sharing) {
        var name = value(PodmanKeys.INFRA_NAME);
        var said = sharing.infraSpec();
        return name.isEmpty()
                ? sharing
                : new PodSharing(
                        sharing.infra(),
                        sharing.shareProcesses(),
                        sharing.hostPid(),
                        sharing.hostIpc(),
                        Optional.of(
                                new InfraSpec(
                                        name,
                                        said.conmonPidFile(),
                                        said.conmonGroup(),
                                        said.shmSize(),
                                        said.mounts())),
                        sharing.users(),
                        sharing.scopes());
    }
}
