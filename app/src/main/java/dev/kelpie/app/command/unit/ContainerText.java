package dev.kelpie.app.command.unit;

import dev.kelpie.app.flag.TmpfsFlag;
import dev.kelpie.engine.spec.ContainerSpec;
import dev.kelpie.engine.spec.EnvSource;
import dev.kelpie.engine.spec.EnvVar;
import dev.kelpie.engine.spec.ImageSource;
import dev.kelpie.engine.spec.Logging;
import dev.kelpie.engine.spec.PodSpec;
import dev.kelpie.engine.spec.ProcessSpec;
import dev.kelpie.engine.spec.RestartPolicy;
import dev.kelpie.engine.spec.Tuning;
import dev.kelpie.engine.spec.Volume;
import dev.kelpie.engine.spec.VolumeMount;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/// A `.container` file that makes a container like one that is there.
public final class ContainerText {
    private static final Path ZONES = Path.of("/usr/share/zoneinfo");

    private final ContainerSpec spec;
    private final PodSpec whole;
    private final Optional<String> pod;
    private final Consumer<String> losses;
    private final UnitText text = new UnitText();
    private final List<String> rest = new ArrayList<>();

    /// A container.
    ///
    /// @param whole the pod that it is in, or that it is by itself
    /// @param pod its name; empty for a container outside any
    /// @param losses hears of what a unit file cannot say
    public ContainerText(
            ContainerSpec spec, PodSpec whole, Optional<String> pod, Consumer<String> losses) {
        this.spec = spec;
        this.whole = whole;
        this.pod = pod;
        this.losses = losses;
    }

    public String text() {
        text.group("Container").add("ContainerName", spec.name());
        root();
        process(spec.process());
        environment(spec.process());
        if (pod.isPresent()) {
            text.add("Pod", pod.get() + ".pod");
        } else {
            NetworkText.write(text, whole.network());
            text.pairs("Sysctl", whole.security().sysctls());
            sharing();
        }
        mounts();
        security();
        limits();
        tuning(spec.resources().tuning());
        policy();
        HealthText.write(text, spec.policy().probes(), this::lost);
        text.pairs("Label", labels()).pairs("Annotation", spec.metadata().annotations());
        text.words("PodmanArgs", rest);
        service();
        return text.group("Install").add("WantedBy", "default.target").toString();
    }

    private void root() {
        var image = spec.image();
        var below = image.content() == ImageSource.Content.FOLDER_BELOW ? ":O" : "";
        text.add(image.fromImage() ? "Image" : "Rootfs", image.reference() + below);
    }

    private void process(ProcessSpec process) {
        process.command()
                .ifPresent(command ->
                        text.add(
                                "Entrypoint",
                                command.size() == 1 ? command.getFirst() : json(command)));
        process.args()
                .ifPresent(args -> {
                    if (args.equals(List.of(""))) {
                        lost("a command that is one empty word"); // which in a file is none
                    }
                    text.words("Exec", args);
                });
        process.workingDir().ifPresent(path -> text.add("WorkingDir", path));
        process.user().ifPresent(this::user);
        if (process.terminal()) {
            rest.add("--tty");
        }
        if (process.stdin()) {
            rest.add("--interactive");
        }
    }

    /// Empty for a command that is taken away.
    private static String json(List<String> words) {
        if (words.isEmpty()) {
            return "";
        }
        var array = com.fasterxml.jackson.databind.node.JsonNodeFactory.instance.arrayNode();
        words.forEach(array::add);
        return array.toString();
    }

    private void user(String user) {
        int colon = user.indexOf(':');
        text.add("User", colon < 0 ? user : user.substring(0, colon));
        if (colon >= 0) {
            text.add("Group", user.substring(colon + 1));
        }
    }

    private void environment(ProcessSpec process) {
        var pairs = new HashMap<String, String>();
        for (EnvVar variable : process.env()) {
            switch (variable.how()) {
                case SET -> pairs.put(variable.name(), variable.value());
                case MERGED ->
                        rest.addAll(
                                List.of("--env-merge", variable.name() + "=" + variable.value()));
                case TAKEN_AWAY ->
                        rest.add(
                                variable.name().equals(EnvVar.ALL)
                                        ? "--unsetenv-all"
                                        : "--unsetenv=" + variable.name());
            }
        }
        text.pairs("Environment", pairs);
        for (var source : process.late().entries()) {
            switch (source) {
                case EnvSource.Literal(String name, String value) ->
                        text.words("Environment", List.of(name + "=" + value));
                case EnvSource.FromSecret(String name, String secret, var key, var _)
                        when key.isEmpty() ->
                        text.words("Secret", List.of(secret + ",type=env,target=" + name));
                case EnvSource.Value _, EnvSource.FromSecret _, EnvSource.AllOfSecret _ ->
                        lost("variables from parts of secrets");
                case EnvSource.FromDownward _, EnvSource.FromFile _ ->
                        lost("variables that tell of the pod or of a volume");
            }
        }
    }

    private void lost(String what) {
        losses.accept(
                "container '" + spec.name() + "' has " + what + ": a unit file cannot say that");
    }

    private void sharing() {
        var sharing = whole.sharing();
        if (sharing.hostPid()) {
            rest.addAll(List.of("--pid", "host"));
        }
        if (sharing.hostIpc()) {
            rest.addAll(List.of("--ipc", "host"));
        }
        number("ShmSize", sharing.infraSpec().shmSize());
        sharing.users().ifPresent(users -> SharedText.users(text, users));
        rest.addAll(FurtherWords.ofScopes(sharing.scopes()));
        rest.addAll(FurtherWords.ofFiles(whole.network().files()));
    }

    private void mounts() {
        for (var mount : spec.mounts()) {
            whole.volumes().stream()
                    .filter(volume -> volume.name().equals(mount.volume()))
                    .findFirst()
                    .ifPresent(volume -> mount(volume, mount));
        }
    }

    private void mount(Volume volume, VolumeMount mount) {
        switch (volume.source()) {
            case Volume.HostPath(var path, var type)
                    when type == Volume.HostPathType.FILE
                            && mount.mountPath().equals("/etc/localtime")
                            && path.startsWith(ZONES) ->
                    text.add("Timezone", ZONES.relativize(path).toString());
            case Volume.HostPath(var path, var type) when type == Volume.HostPathType.ANY ->
                    bind(path.toString(), mount);
            case Volume.Named(String name) -> bind(name, mount);
            case Volume.EmptyDir(boolean inMemory, OptionalLong size) when inMemory ->
                    text.add(
                            "Tmpfs",
                            mount.mountPath()
                                    + (size.isPresent() ? ":size=" + size.getAsLong() : ""));
            case Volume.Tmpfs tmpfs ->
                    text.add("Tmpfs", new TmpfsFlag(mount.mountPath(), tmpfs).words());
            case Volume.SecretFile file ->
                    text.add(
                            "Secret",
                            "%s,type=mount,target=%s,uid=%d,gid=%d,mode=%o"
                                    .formatted(
                                            file.secret(),
                                            mount.mountPath(),
                                            file.uid(),
                                            file.gid(),
                                            file.mode()));
            case Volume.HostPath _,
                    Volume.EmptyDir _,
                    Volume.Secret _,
                    Volume.ConfigMap _,
                    Volume.Projected _,
                    Volume.Image _,
                    Volume.Nfs _ ->
                    lost("the volume '" + volume.name() + "' of a manifest");
        }
    }

    private void bind(String source, VolumeMount mount) {
        if (mount.subPath().isPresent()) {
            lost("a part of a volume at '" + mount.mountPath() + "'");
            return;
        }
        SharedText.volume(text, source, mount);
    }

    private void security() {
        var security = spec.security();
        text.words("AddCapability", security.addCapabilities().stream().sorted().toList());
        text.words("DropCapability", security.dropCapabilities().stream().sorted().toList());
        text.addEach("GroupAdd", security.runAs().groups());
        if (security.privileged()) {
            rest.add("--privileged");
        }
        flag("NoNewPrivileges", security.noNewPrivileges());
        if (security.readOnlyRootFilesystem()) {
            // the places in memory are among the mounts
            text.add("ReadOnly", "yes").add("ReadOnlyTmpfs", "no");
        }
        rest.addAll(FurtherWords.ofUsers(security.runAs()));
        ConfinementText.write(text, security.confinement(), rest);
    }

    private void limits() {
        var resources = spec.resources();
        number("Memory", resources.limits().memory());
        number("PidsLimit", resources.pidsLimit());
        var cpu = resources.limits().milliCpu();
        if (cpu.isPresent()) {
            rest.addAll(List.of("--cpus", cpu.getAsLong() / 1000.0 + ""));
        }
    }

    private void tuning(Tuning tuning) {
        tuning.ulimits()
                .forEach(limit ->
                        text.add("Ulimit", limit.name() + "=" + limit.soft() + ":" + limit.hard()));
        tuning.devices().forEach(device -> text.words("AddDevice", List.of(device.words())));
        tuning.devices().stream()
                .flatMap(device -> device.registries().stream())
                .distinct()
                .forEach(folder -> rest.add("--cdi-spec-dir=" + folder));
        option("--cpu-shares", tuning.cpu().shares());
        option("--cpu-period", tuning.cpu().period());
        option("--cpu-quota", tuning.cpu().quota());
        option("--memory-swap", tuning.memory().withSwap());
        option("--memory-reservation", tuning.memory().reservation());
        tuning.cpu().set().ifPresent(set -> rest.addAll(List.of("--cpuset-cpus", set)));
        rest.addAll(FurtherWords.ofGroup(tuning));
        if (tuning.oomScoreAdj().isPresent()) {
            rest.add("--oom-score-adj=" + tuning.oomScoreAdj().getAsInt());
        }
    }

    private void policy() {
        var policy = spec.policy();
        policy.stopSignal().ifPresent(signal -> text.add("StopSignal", signal));
        if (policy.stopTimeout().toSeconds() != 10) {
            text.add("StopTimeout", Long.toString(policy.stopTimeout().toSeconds()));
        }
        flag("RunInit", policy.upkeep().init());
        rest.addAll(FurtherWords.ofManner(policy.lifecycle().manner()));
        log(policy.upkeep().log());
        policy.upkeep()
                .longestRun()
                .ifPresent(
                        time -> rest.addAll(List.of("--timeout", Long.toString(time.toSeconds()))));
    }

    /// The file is the usual place of a plain `run`, as the journal is a unit's.
    private void log(Logging log) {
        switch (log.driver()) {
            case NONE -> text.add("LogDriver", "none");
            case JOURNALD -> text.add("LogDriver", "journald");
            case K8S_FILE -> {}
        }
        if (log.maxBytes().isPresent()) {
            text.words("LogOpt", List.of("max-size=" + log.maxBytes().getAsLong()));
        }
        log.tag().ifPresent(tag -> text.words("LogOpt", List.of("tag=" + tag)));
    }

    private java.util.Map<String, String> labels() {
        var labels = new HashMap<>(spec.metadata().labels());
        labels.remove(ContainerSpec.UNIT);
        return labels;
    }

    private void service() {
        var restart = spec.policy().restartPolicy();
        if (restart != RestartPolicy.NEVER) {
            text.group("Service")
                    .add("Restart", restart == RestartPolicy.ON_FAILURE ? "on-failure" : "always");
        }
    }

    private void number(String key, OptionalLong value) {
        if (value.isPresent()) {
            text.add(key, Long.toString(value.getAsLong()));
        }
    }

    private void option(String flag, OptionalLong value) {
        if (value.isPresent()) {
            rest.addAll(List.of(flag, Long.toString(value.getAsLong())));
        }
    }

    private void flag(String key, boolean on) {
        if (on) {
            text.add(key, "yes");
        }
    }
}
