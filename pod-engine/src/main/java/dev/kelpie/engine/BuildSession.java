package dev.kelpie.engine;

import dev.kelpie.engine.fault.EngineIoException;
import dev.kelpie.image.build.RunStep;
import dev.kelpie.image.build.StepMount;
import dev.kelpie.image.build.StepRunner;
import dev.kelpie.image.build.StepSettings;
import dev.kelpie.runtime.cgroup.ResourceLimits;
import dev.kelpie.runtime.oci.Bundle;
import dev.kelpie.runtime.oci.ContainerConfig;
import dev.kelpie.runtime.oci.ContainerConfig.NamespaceChoice;
import dev.kelpie.runtime.oci.ForegroundRun;
import dev.kelpie.runtime.spec.Mount;
import dev.kelpie.runtime.spec.OciProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/// The steps of one build: each an overlay, a bundle and a run of the OCI runtime, all below two
/// directories that go away with it.
final class BuildSession implements StepRunner.Session {

    private final Core core;
    private final String id;
    private final StepSettings settings;
    private final BuildNetworks networks;
    private final AtomicInteger serial = new AtomicInteger();
    private final Map<List<Path>, Path> trees = new ConcurrentHashMap<>();

    BuildSession(Core core, String id, StepSettings settings) {
        this.core = core;
        this.id = id;
        this.settings = settings;
        this.networks = new BuildNetworks(core, settings);
    }

    @Override
    public Path scratch() {
        return core.files.build(id);
    }

    @Override
    public StepRunner.Ran run(RunStep step, Consumer<byte[]> output) throws InterruptedException {
        var name = id + "-" + serial.incrementAndGet();
        var kept = core.files.build(id).resolve(name);
        var run = core.files.runBuild(id).resolve(name);
        var network = networks.take(step.network());
        try {
            int exit = run(step, new Place(name, kept, run), network, output);
            networks.giveBack(network);
            return new StepRunner.Ran(exit, kept.resolve("upper"));
        } catch (IOException e) {
            throw new EngineIoException("cannot run " + step.what(), e);
        } finally {
            Undisturbed.run(() -> clean(name, run));
        }
    }

    /// Where one step lies.
    private record Place(String name, Path kept, Path run) {
        Path rootfs() {
            return run.resolve("rootfs");
        }

        Path bundle() {
            return run.resolve("bundle");
        }
    }

    private int run(
            RunStep step, Place place, BuildNetworks.Joined network, Consumer<byte[]> output)
            throws IOException, InterruptedException {
        var upper = Files.createDirectories(place.kept().resolve("upper"));
        // it shows as the root directory, whatever the umask of this process is
        Files.setPosixFilePermissions(upper, PosixFilePermissions.fromString("rwxr-xr-x"));
        var work = Files.createDirectories(place.kept().resolve("work"));
        Files.createDirectories(place.rootfs());
        core.parts.kernel().overlay(step.lowers(), upper, work, place.rootfs());
        var mounts = new StepMounts(core.parts.kernel(), place.kept(), place.run());
        var all = new ArrayList<Mount>();
        all.add(Mount.bind(network.hosts(), "/etc/hosts", false));
        all.add(Mount.bind(network.resolvConf(), "/etc/resolv.conf", false));
        for (var mount : settings.volumes()) {
            all.add(mounts.of(mount));
        }
        for (StepMount mount : step.mounts()) {
            all.add(mounts.of(mount));
        }
        var written = core.parts.bundles().write(place.bundle(), config(step, place, network, all));
        written.created(place.name());
        return new ForegroundRun(core.parts.runtime(), new Bundle(place.bundle()), place.name())
                .run(output);
    }

    private ContainerConfig config(
            RunStep step, Place place, BuildNetworks.Joined network, List<Mount> mounts) {
        var process = step.exec();
        var own = new NamespaceChoice.Own();
        return new ContainerConfig(
                new ContainerConfig.Rootfs(place.rootfs(), false, true),
                new ContainerConfig.Command(
                        process.argv(),
                        process.env(),
                        process.workingDir(),
                        process.user(),
                        userRules(settings.rights()),
                        false),
                new ContainerConfig.Namespaces(
                        network.choice(),
                        own,
                        own,
                        own,
                        own,
                        Optional.of(BuildNetworks.HOSTNAME),
                        Map.of()),
                mounts,
                security(step.insecure(), settings.rights()),
                new ContainerConfig.Limits(
                        limits(settings.limits()), rlimits(settings.rights()), Optional.empty()),
                core.cgroups.build(place.name()),
                Map.of());
    }

    private static List<OciProcess.Rlimit> rlimits(StepSettings.Rights rights) {
        return rights.ulimits().stream()
                .map(limit -> OciProcess.Rlimit.named(limit.name(), limit.soft(), limit.hard()))
                .toList();
    }

    private static ContainerConfig.UserRules userRules(StepSettings.Rights rights) {
        var usual = ContainerConfig.UserRules.USUAL;
        return new ContainerConfig.UserRules(rights.groups(), usual.memberships(), false);
    }

    private static ContainerConfig.Security security(boolean insecure, StepSettings.Rights rights) {
        var usual = ContainerConfig.Security.usual();
        return new ContainerConfig.Security(
                insecure,
                rights.addCapabilities(),
                rights.dropCapabilities(),
                usual.noNewPrivileges(),
                usual.seccomp(),
                usual.proc(),
                usual.labels(),
                usual.devices());
    }

    private static ResourceLimits limits(StepSettings.Limits wanted) {
        var limits = ResourceLimits.none();
        if (wanted.memoryBytes().isPresent()) {
            limits = limits.withMemory(wanted.memoryBytes().get());
        }
        if (wanted.milliCpus().isPresent()) {
            limits = limits.withMilliCpus(wanted.milliCpus().get());
        }
        if (wanted.cpuShares().isPresent()) {
            limits = limits.withCpuShares(wanted.cpuShares().get());
        }
        return limits.withCpuset(wanted.cpuset());
    }

    private void clean(String name, Path run) throws InterruptedException {
        core.parts.runtime().delete(name, true);
        core.parts.kernel().unmountBelow(run);
        core.parts.kernel().removeGroup(core.cgroups.build(name));
    }

    @Override
    public Path merged(List<Path> lowers) {
        if (lowers.size() == 1) {
            return lowers.getFirst();
        }
        return trees.computeIfAbsent(List.copyOf(lowers), this::merge);
    }

    private Path merge(List<Path> lowers) {
        var target = core.files.runBuild(id).resolve("tree-" + serial.incrementAndGet());
        try {
            Files.createDirectories(target);
            if (!lowers.isEmpty()) {
                core.parts.kernel().merge(lowers, target);
            }
            return target;
        } catch (IOException e) {
            throw new EngineIoException("cannot make '" + target + "'", e);
        }
    }

    @Override
    public void close() {
        try {
            Undisturbed.run(this::removeAll);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void removeAll() throws InterruptedException {
        networks.close();
        core.parts.kernel().unmountBelow(core.files.runBuild(id));
        try {
            core.parts.kernel().removeTree(core.files.runBuild(id));
            core.parts.kernel().removeTree(core.files.build(id));
        } catch (IOException e) {
            throw new EngineIoException("cannot clean up behind a build", e);
        }
    }

    @Override
    public void git(String address, Path target, boolean keepGit) throws InterruptedException {
        new GitFetch(address, target).run(keepGit);
    }
}
