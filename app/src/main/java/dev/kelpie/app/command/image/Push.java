package dev.kelpie.app.command.image;

import dev.kelpie.app.call.Call;
import dev.kelpie.app.call.CommandException;
import dev.kelpie.app.call.Operands;
import dev.kelpie.app.call.Progress;
import dev.kelpie.app.call.Verb;
import dev.kelpie.app.flag.FlagException;
import dev.kelpie.image.archive.ArchiveFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `push`: an image to a registry, or as an archive to one of the other places that Podman knows.
@Command(
        name = "push",
        description = "Push an image to a registry",
        customSynopsis = "[options] IMAGE [DESTINATION]")
final class Push implements Verb {
    private static final Map<String, ArchiveFormat> ARCHIVES =
            Map.of(
                    "dir:", ArchiveFormat.DOCKER_DIR,
                    "oci:", ArchiveFormat.OCI_DIR,
                    "oci-archive:", ArchiveFormat.OCI_ARCHIVE,
                    "docker-archive:", ArchiveFormat.DOCKER_ARCHIVE);

    private final Call call;

    @Mixin RegistryFlags registry = new RegistryFlags();

    @Mixin PushFlags form = new PushFlags();

    @Option(names = "--sign-by", hidden = true)
    String signBy = "";

    @Option(names = "--sign-by-sigstore-private-key", hidden = true)
    String signWith = "";

    @Option(names = "--encryption-key", hidden = true)
    String encryptWith = "";

    @Parameters List<String> operands = new ArrayList<>();

    Push(Call call) {
        this.call = call;
    }

    @Override
    public int run() throws InterruptedException {
        Operands.atLeast(1, operands);
        Operands.atMost(2, operands);
        if (!signBy.isEmpty() || !signWith.isEmpty() || !encryptWith.isEmpty()) {
            throw new CommandException("signing and encrypting images is not supported");
        }
        var source = operands.getFirst();
        var target = operands.getLast().replaceFirst("^docker://", "");
        for (var archive : ARCHIVES.entrySet()) {
            if (target.startsWith(archive.getKey())) {
                save(source, target.substring(archive.getKey().length()), archive.getValue());
                return 0;
            }
        }
        if (target.matches("[a-z][a-z-]+:/.*") || target.startsWith("containers-storage:")) {
            throw FlagException.meaning("cannot push to '" + target + "': unknown transport");
        }
        var options = form.options(registry.access(call));
        try (var progress = new Progress(call, form.quiet)) {
            var registries = call.engine().images().registries();
            form.pushed(call, registries.push(source, target, options, progress::push));
        }
        return 0;
    }

    /// `PATH[:NAME]`, as containers-transports(5) has it.
    private void save(String source, String target, ArchiveFormat format)
            throws InterruptedException {
        var colon = format == ArchiveFormat.DOCKER_DIR ? -1 : target.indexOf(':');
        var path = colon < 0 ? target : target.substring(0, colon);
        var images = call.engine().images();
        var names = colon < 0 ? List.<String>of() : List.of(target.substring(colon + 1));
        images.save(List.of(images.toSave(source, names)), format, false, call.path(path));
    }
}
