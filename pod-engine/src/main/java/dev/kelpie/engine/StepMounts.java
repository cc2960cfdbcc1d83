package dev.kelpie.engine;

import dev.kelpie.engine.sandbox.HostKernel;
import dev.kelpie.image.build.StepMount;
import dev.kelpie.runtime.spec.Mount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/// What a step of a build sees beyond its image, made ready on the host.
final class StepMounts {

    private static final long SECRET_BYTES = 1 << 20;

    private final HostKernel kernel;
    private final Path kept;
    private final Path run;
    private int serial;

    /// @param kept of the step, on a disk
    /// @param run of the step, of this boot
    StepMounts(HostKernel kernel, Path kept, Path run) {
        this.kernel = kernel;
        this.kept = kept;
        this.run = run;
    }

    Mount of(StepMount mount) throws IOException {
        return switch (mount) {
            case StepMount.Bind(Path source, String target, boolean readOnly) ->
                    Mount.bind(source, target, readOnly);
            case StepMount.Discarding(Path source, String target) ->
                    Mount.bind(discarding(source), target, false);
            case StepMount.Tmpfs(String target, long bytes) -> tmpfs(target, bytes);
            case StepMount.Secret secret -> Mount.bind(file(secret), secret.target(), true);
        };
    }

    private static Mount tmpfs(String target, long bytes) {
        var options = new ArrayList<>(List.of("rw", "nosuid", "nodev", "mode=1777"));
        if (bytes > 0) {
            options.add("size=" + bytes);
        }
        return new Mount(target, "tmpfs", "tmpfs", options);
    }

    private Path discarding(Path source) throws IOException {
        var own = kept.resolve("mount-" + serial++);
        if (!Files.isDirectory(source)) {
            return Files.copy(source, own, StandardCopyOption.COPY_ATTRIBUTES);
        }
        var upper = Files.createDirectories(own.resolve("upper"));
        var work = Files.createDirectories(own.resolve("work"));
        var target = Files.createDirectories(run.resolve("mount-" + serial++));
        kernel.overlay(List.of(source), upper, work, target);
        return target;
    }

    private Path file(StepMount.Secret secret) throws IOException {
        var memory = Files.createDirectories(run.resolve("secrets"));
        kernel.memory(memory, SECRET_BYTES);
        var onlyUs =
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        var file = Files.createFile(memory.resolve("secret-" + serial++), onlyUs);
        Files.write(file, secret.content().bytes());
        Files.setAttribute(file, "unix:uid", (int) secret.uid());
        Files.setAttribute(file, "unix:gid", (int) secret.gid());
        Files.setAttribute(file, "unix:mode", secret.mode());
        return file;
    }
}
