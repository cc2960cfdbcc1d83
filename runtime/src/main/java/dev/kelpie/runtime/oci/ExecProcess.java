package dev.kelpie.runtime.oci;

import dev.kelpie.runtime.kernel.RootedDirectory;
import dev.kelpie.runtime.spec.Mount;
import dev.kelpie.runtime.spec.OciProcess;
import dev.kelpie.runtime.spec.OciProcess.Capabilities;
import dev.kelpie.runtime.spec.Spec;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/// What an exec session runs: the container's own process with some things changed.
///
/// @param env `NAME=value`, on top of the container's
/// @param user as images have it; absent: the container's
public record ExecProcess(
        List<String> args,
        List<String> env,
        Optional<String> workingDirectory,
        Optional<String> user,
        boolean terminal,
        boolean privileged) {

    public ExecProcess {
        args = List.copyOf(args);
        env = List.copyOf(env);
    }

    /// Runs `args` as the container's user in its working directory, no terminal.
    public static ExecProcess of(List<String> args) {
        return new ExecProcess(args, List.of(), Optional.empty(), Optional.empty(), false, false);
    }

    /// The process for a container made of `spec`; users are looked up in its root filesystem.
    /// `grants` bound a privileged one.
    public OciProcess in(Spec spec, Path bundle, HostGrants grants) {
        var base = spec.process();
        var env = new LinkedHashMap<String, String>();
        ContainerEnvironment.addTo(env, base.env());
        var who = base.user();
        if (user.isPresent()) {
            try (var root = RootedDirectory.open(Path.of(spec.root().path()))) {
                var identity =
                        UserDatabase.read(root, mounts(spec, bundle))
                                .resolve(user.get(), ContainerConfig.UserRules.USUAL);
                who = identity.user();
                env.put("HOME", identity.home());
            }
        }
        if (terminal) {
            env.putIfAbsent("TERM", "xterm");
        }
        ContainerEnvironment.addTo(env, this.env);
        return new OciProcess(
                terminal,
                who,
                args,
                ContainerEnvironment.lines(env),
                workingDirectory.orElse(base.cwd()),
                capabilities(base.capabilities(), who.uid(), grants),
                base.confinement());
    }

    /// A source may be named from the bundle's place.
    private static List<Mount> mounts(Spec spec, Path bundle) {
        return spec.mounts().stream()
                .map(mount -> mount.withSource(bundle.resolve(mount.source()).toString()))
                .toList();
    }

    /// As at the container's start: root has all of the bounding set, anybody else only what was
    /// asked for by name.
    private Capabilities capabilities(Capabilities base, long uid, HostGrants grants) {
        var bounding = privileged ? CapabilitySets.names(grants.bounding()) : base.bounding();
        var own = base.ambient();
        return uid == 0
                ? new Capabilities(bounding, bounding, List.of(), bounding, List.of())
                : new Capabilities(bounding, own, own, own, own);
    }
}
