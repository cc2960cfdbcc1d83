package dev.kelpie.app.command.container;

import dev.kelpie.app.call.Call;
import dev.kelpie.app.call.CommandException;
import dev.kelpie.app.call.Operands;
import dev.kelpie.app.call.Progress;
import dev.kelpie.app.command.image.FetchFlags;
import dev.kelpie.app.command.image.RegistryFlags;
import dev.kelpie.app.command.pod.EmptyPod;
import dev.kelpie.app.command.pod.NetworkFlags;
import dev.kelpie.app.flag.DeviceFolders;
import dev.kelpie.app.flag.FlagException;
import dev.kelpie.app.flag.PullFlag;
import dev.kelpie.app.flag.UsersFlags;
import dev.kelpie.engine.Engine;
import dev.kelpie.engine.NewMember;
import dev.kelpie.engine.PlayOptions;
import dev.kelpie.engine.RemoveOptions;
import dev.kelpie.engine.fault.PodException;
import dev.kelpie.engine.spec.ContainerSpec;
import dev.kelpie.engine.spec.ImageSource;
import dev.kelpie.engine.spec.Lifecycle;
import dev.kelpie.engine.spec.Metadata;
import dev.kelpie.engine.spec.PodNetwork;
import dev.kelpie.engine.spec.PodPolicy;
import dev.kelpie.engine.spec.PodSecurity;
import dev.kelpie.engine.spec.PodSpec;
import dev.kelpie.engine.spec.PortMapping;
import dev.kelpie.engine.spec.PullPolicy;
import dev.kelpie.engine.spec.Scopes;
import dev.kelpie.image.ImageException;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// All flags of `run` and `create`, and making the container they describe.
final class Blueprint {
    private static final Metadata UNNAMED = Metadata.of("unnamed");

    @Mixin IdentityFlags identity = new IdentityFlags();
    @Mixin ProcessFlags process = new ProcessFlags();
    @Mixin MountFlags mounts = new MountFlags();
    @Mixin SecretFlags secrets = new SecretFlags();
    @Mixin LimitFlags limits = new LimitFlags();
    @Mixin TuningFlags tuning = new TuningFlags();
    @Mixin ScopeFlags scope = new ScopeFlags();
    @Mixin AcceptedFlags accepted = new AcceptedFlags();
    @Mixin RefusedFlags refused = new RefusedFlags();
    @Mixin MannerFlags manner = new MannerFlags();
    @Mixin SecurityFlags trust = new SecurityFlags();
    @Mixin UsersFlags users = new UsersFlags();
    @Mixin LifeFlags life = new LifeFlags();
    @Mixin UnitFlags unit = new UnitFlags();
    @Mixin NetworkFlags network = new NetworkFlags();
    @Mixin RegistryFlags registry = new RegistryFlags();
    @Mixin FetchFlags fetch = new FetchFlags();

    @Option(
            names = "--pull",
            description = "Pull the image: always, missing (default), never, newer")
    String pull = "missing";

    @Option(
            names = {"-P", "--publish-all"},
            arity = "0..1",
            description = "Publish every exposed port on a free one")
    boolean publishAll;

    @Option(
            names = "--rootfs",
            arity = "0..1",
            description =
                    "The first word is no image but a folder of the host's; with :O it stays as it is")
    boolean rootfs;

    @Option(
            names = {"-q", "--quiet"},
            arity = "0..1",
            description = "Show no progress")
    boolean quiet;

    @Parameters List<String> operands = new ArrayList<>();

    boolean terminal() {
        return process.tty;
    }

    boolean stdin() {
        return process.interactive;
    }

    boolean removesItself() {
        return life.remove;
    }

    /// Has it removed at its end, if that is wished for besides.
    void removesItself(boolean also) {
        life.remove |= also;
    }

    /// Makes the container; its id.
    ///
    /// @param background nobody waits for its end
    String create(Call call, boolean background) throws InterruptedException {
        Operands.atLeast(1, operands);
        refused.requireNone();
        identity.requireSense();
        identity.readPodId(call);
        requireNoIdFile(call);
        var options = PlayOptions.DEFAULT.withPull(fetch.on(registry.options(call)));
        var made = mounts.mounts(call, trust.readOnly && trust.readOnlyTmpfs);
        var draft = container(call, made, background);
        if (!identity.pod.isEmpty() && made.haveImages()) {
            throw FlagException.meaning("--mount type=image is for containers outside a pod");
        }
        // the flags make sense: only now is the engine needed
        mounts.inherit(call, made);
        var engine = call.engine();
        var otherwise = identity.name.isEmpty() ? engine.containers().freeName() : identity.name;
        var metadata = identity.metadata(call, otherwise);
        var container =
                after(
                        engine,
                        DeviceFolders.told(
                                call.session().arguments(),
                                operands.size(),
                                draft.called(metadata, metadata.name())
                                        .withInherited(made.mounts())));
        tuning.groups.idle().forEach(flag -> call.note("Warning: " + flag));
        unit.idle(call).ifPresent(word -> call.note("Warning: " + word));
        engine.unmet(List.of(container)).forEach(note -> call.note("Warning: " + note));
        users.users().flatMap(engine::cost).ifPresent(note -> call.note("Note: " + note));
        var id = create(call, engine, container, made, options);
        writeId(call, id);
        return id;
    }

    private String create(
            Call call,
            Engine engine,
            ContainerSpec container,
            MountFlags.Mounts made,
            PlayOptions options)
            throws InterruptedException {
        try (var progress = new Progress(call, quiet)) {
            if (!identity.pod.isEmpty()) {
                replaceOld(engine);
                var pod = pod(engine, options, progress);
                if (!identity.pod.startsWith("new:")) {
                    network.idleInPod().forEach(word -> call.note("Warning: " + word));
                    scope.idleInPod().ifPresent(word -> call.note("Warning: " + word));
                }
                var kept = life.member(container, engine.pods().find(pod).spec());
                var member = new NewMember(pod, kept, made.volumes());
                return engine.containers().createIn(member, options, progress::engine);
            }
            var reach = network.network(process.hostname);
            if (publishAll) {
                reach = withExposed(engine, reach, options, progress);
            }
            replaceOld(engine);
            var solo = joined(engine, solo(container, made, reach));
            return engine.containers().create(solo, options, progress::engine);
        }
    }

    /// The container as the flags describe it, under a name that is still to be found.
    private ContainerSpec container(Call call, MountFlags.Mounts made, boolean background) {
        var image = image(call);
        var words = operands.subList(1, operands.size());
        var what = secrets.withVariables(process.process(call, words));
        secrets.addFiles(made);
        var resources = limits.resources().withTuning(tuning.tuning());
        accepted.requireSense();
        return new ContainerSpec(
                UNNAMED,
                UNNAMED.name(),
                image,
                what,
                made.mounts(),
                resources,
                trust.security(call),
                life.policy()
                        .withUpkeep(unit.upkeep(call, background, life.remove))
                        .withLifecycle(Lifecycle.NONE.withManner(manner.manner(call))));
    }

    private ImageSource image(Call call) {
        var word = operands.getFirst();
        var policy = PullFlag.parse(pull);
        if (!rootfs) {
            return new ImageSource(word, policy);
        }
        boolean below = word.endsWith(":O");
        var folder = below ? word.substring(0, word.length() - ":O".length()) : word;
        return new ImageSource(
                call.path(folder).toString(),
                policy,
                below ? ImageSource.Content.FOLDER_BELOW : ImageSource.Content.FOLDER);
    }

    /// The container with the ids of those that it requires.
    private ContainerSpec after(Engine engine, ContainerSpec container) {
        if (manner.requires.isEmpty()) {
            return container;
        }
        var ids =
                manner.requires.stream().map(each -> engine.containers().find(each).id()).toList();
        var lifecycle = container.policy().lifecycle();
        return container.withPolicy(
                container
                        .policy()
                        .withLifecycle(lifecycle.withManner(lifecycle.manner().withRequires(ids))));
    }

    private PodSpec solo(ContainerSpec container, MountFlags.Mounts made, PodNetwork reach) {
        return new PodSpec(
                container.metadata(),
                List.of(),
                List.of(container),
                made.volumes(),
                reach,
                scope.solo(process.hostname).withUsers(users.users()),
                new PodPolicy(
                        container.policy().restartPolicy(),
                        container.policy().stopTimeout(),
                        false),
                trust.podSecurity(reach.mode()));
    }

    /// With the ids of the containers whose namespaces it joins.
    private static PodSpec joined(Engine engine, PodSpec solo) {
        var scopes = solo.sharing().scopes();
        UnaryOperator<Optional<String>> id =
                name -> name.map(it -> engine.containers().find(it).id());
        return onNetworkOf(engine, solo)
                .withSharing(
                        solo.sharing()
                                .withScopes(
                                        new Scopes(
                                                scopes.hostUts(),
                                                scopes.hostCgroup(),
                                                id.apply(scopes.processesOf()),
                                                id.apply(scopes.ipcOf()),
                                                id.apply(scopes.utsOf()))));
    }

    /// By its name, under which another container may come in its place.
    private static PodSpec onNetworkOf(Engine engine, PodSpec solo) {
        var network = solo.network();
        if (!(network.mode() instanceof PodNetwork.OfContainer(var nameOrId))) {
            return solo;
        }
        var name = engine.containers().find(nameOrId).name();
        return solo.withNetwork(network.withMode(new PodNetwork.OfContainer(name)));
    }

    /// The container outside any pod that the flags describe, found out without an engine.
    ///
    /// @param otherwise its name when the flags have none
    PodSpec draft(Call call, String otherwise) {
        Operands.atLeast(1, operands);
        identity.requireSense();
        var made = mounts.mounts(call, trust.readOnly && trust.readOnlyTmpfs);
        var metadata = identity.metadata(call, otherwise);
        var container = container(call, made, true).called(metadata, metadata.name());
        return solo(container, made, network.network(process.hostname));
    }

    private void replaceOld(Engine engine) throws InterruptedException {
        if (!identity.replace || !engine.containers().exists(identity.name)) {
            return;
        }
        for (var outcome :
                engine.containers().remove(List.of(identity.name), RemoveOptions.FORCE)) {
            if (outcome.failure().isPresent()) {
                throw outcome.failure().get();
            }
        }
    }

    /// The pod to join, made first for `new:NAME`.
    private String pod(Engine engine, PlayOptions options, Progress progress)
            throws InterruptedException {
        if (!trust.sysctls.isEmpty()) {
            throw FlagException.meaning("sysctls belong to the pod: give them when it is made");
        }
        var apart = users.users();
        if (!identity.pod.startsWith("new:")) {
            if (apart.isPresent()) {
                throw FlagException.meaning(
                        "--userns and --pod cannot be set together: the pod's containers share its"
                                + " user namespace");
            }
            network.requireNoneInPod(process.hostname, publishAll);
            var pod = engine.pods().find(identity.pod);
            scope.requireIn(pod.spec().sharing());
            return pod.id();
        }
        var name = identity.pod.substring("new:".length());
        if (name.isEmpty()) {
            throw FlagException.meaning("new pod name must be at least one character");
        }
        var spec =
                EmptyPod.of(
                        new Metadata(Metadata.DEFAULT_NAMESPACE, name, Map.of(), Map.of()),
                        network.network(process.hostname),
                        EmptyPod.Habits.usual(scope.infra()),
                        PodSecurity.DEFAULT);
        scope.requireIn(spec.sharing());
        return engine.pods()
                .create(
                        spec.withSharing(spec.sharing().withUsers(apart)),
                        options,
                        progress::engine);
    }

    private PodNetwork withExposed(
            Engine engine, PodNetwork reach, PlayOptions options, Progress progress)
            throws InterruptedException {
        var image = operands.getFirst();
        var found =
                PullFlag.parse(pull) == PullPolicy.ALWAYS
                        ? Optional.<dev.kelpie.image.Image>empty()
                        : engine.images().find(image);
        var config =
                found.isPresent()
                        ? found.get().config()
                        : engine.images().pull(image, options.pull(), progress::pull).config();
        var ports = new ArrayList<>(reach.ports());
        for (var exposed : config.config().exposedPorts()) {
            exposedPort(exposed, ports).ifPresent(ports::add);
        }
        for (var exposed : accepted.exposed()) {
            exposedPort(exposed, ports).ifPresent(ports::add);
        }
        return reach.withPorts(ports);
    }

    /// A mapping for `80/tcp` on a free host port, unless one is there.
    private static Optional<PortMapping> exposedPort(String exposed, List<PortMapping> taken) {
        var parts = exposed.split("/", -1);
        if (!parts[0].matches("\\d{1,5}")) {
            return Optional.empty();
        }
        int port = Integer.parseInt(parts[0]);
        var protocol =
                switch (parts.length > 1 ? parts[1] : "") {
                    case "udp" -> PortMapping.Protocol.UDP;
                    case "sctp" -> PortMapping.Protocol.SCTP;
                    default -> PortMapping.Protocol.TCP;
                };
        boolean there =
                taken.stream()
                        .anyMatch(other ->
                                other.protocol() == protocol
                                        && other.containerPort() <= port
                                        && port < other.containerPort() + other.range());
        return there
                ? Optional.empty()
                : Optional.of(new PortMapping(Optional.empty(), 0, port, 1, protocol));
    }

    private void requireNoIdFile(Call call) {
        if (!identity.cidFile.isEmpty() && Files.exists(call.path(identity.cidFile))) {
            throw new CommandException(
                    "container id file exists. Ensure another container is not using it or delete "
                            + identity.cidFile);
        }
    }

    private void writeId(Call call, String id) throws InterruptedException {
        if (identity.cidFile.isEmpty()) {
            return;
        }
        try {
            Files.writeString(call.path(identity.cidFile), id);
        } catch (IOException e) {
            removeQuietly(call, id);
            throw new CommandException(
                    "cannot write container id file '" + identity.cidFile + "': " + e.getMessage());
        }
    }

    /// Takes back a container that could not be used.
    static void removeQuietly(Call call, String id) throws InterruptedException {
        try {
            call.engine().containers().remove(List.of(id), RemoveOptions.FORCE);
        } catch (PodException | ImageException _) {
            // what went wrong first is what the user has to know
        }
    }
}
