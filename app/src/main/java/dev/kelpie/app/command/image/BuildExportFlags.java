package dev.kelpie.app.command.image;

import dev.kelpie.app.call.ArchiveOutput;
import dev.kelpie.app.call.Call;
import dev.kelpie.app.call.CommandException;
import dev.kelpie.app.call.HostTarget;
import dev.kelpie.app.call.Progress;
import dev.kelpie.app.call.TarTarget;
import dev.kelpie.app.flag.FlagException;
import dev.kelpie.app.session.ClientFile;
import dev.kelpie.app.session.NewFile;
import dev.kelpie.image.Image;
import dev.kelpie.image.archive.ArchiveFormat;
import dev.kelpie.image.archive.SavedImage;
import dev.kelpie.image.registry.Access;
import dev.kelpie.image.registry.PushOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/// Flags of `build` about where the result goes besides the store.
final class BuildExportFlags {

    @Option(
            names = {"-o", "--output"},
            description = "FOLDER, -, or type=local|tar|oci|docker|image|registry[,dest=PLACE]")
    List<String> outputs = new ArrayList<>();

    @Option(names = "--push", arity = "0..1", description = "Push the tags when they are built")
    boolean push;

    @Option(names = "--manifest", description = "List of images to add the result to")
    String list = "";

    private List<BuildExport> exports() {
        return outputs.stream().map(BuildExport::parse).toList();
    }

    private boolean pushes() {
        return push
                || exports().stream().anyMatch(each -> each.kind() == BuildExport.Kind.REGISTRY);
    }

    /// Whether standard output is for the archive alone.
    boolean takeStandardOutput() {
        return exports().stream().anyMatch(BuildExport::toStandardOutput);
    }

    /// Refuses before the build what cannot be done after it.
    void check(Call call, List<String> tags, int platforms) {
        for (var export : exports()) {
            switch (export.kind()) {
                case TAR, OCI, DOCKER -> {
                    new ArchiveOutput(call, file(export), "write the image");
                    if (platforms > 1) {
                        throw FlagException.meaning(
                                "--output of this type holds one platform, not " + platforms);
                    }
                }
                case LOCAL, IMAGE, REGISTRY -> {}
            }
        }
        if (pushes() && tags.isEmpty()) {
            throw FlagException.meaning("a push needs --tag");
        }
    }

    private static String file(BuildExport export) {
        return export.toStandardOutput() ? "" : export.place();
    }

    /// Sends the result where it is wanted.
    void export(Call call, List<Image> built, List<String> tags, Access access)
            throws InterruptedException {
        for (var export : exports()) {
            switch (export.kind()) {
                case LOCAL -> folders(call, built, export.place());
                case TAR -> tar(call, built.getFirst(), export);
                case OCI ->
                        archive(call, saved(call, built, tags), ArchiveFormat.OCI_ARCHIVE, export);
                case DOCKER ->
                        archive(
                                call,
                                saved(call, built, tags),
                                ArchiveFormat.DOCKER_ARCHIVE,
                                export);
                case IMAGE, REGISTRY -> {}
            }
        }
        if (pushes()) {
            push(call, built.size() > 1, tags, access);
        }
    }

    private static void folders(Call call, List<Image> built, String folder)
            throws InterruptedException {
        for (var image : built) {
            var platform = image.config().platform().toString().replace('/', '_');
            var target = built.size() == 1 ? folder : folder + "/" + platform;
            try (var tree = call.engine().imageMounts().tree(image.id().hex())) {
                folder(call, folder);
                folder(call, target);
                new HostTarget(call.session(), target, false)
                        .write(target, sink -> tree.read("/", "", sink));
            } catch (IOException e) {
                throw new CommandException("cannot write '" + target + "': " + e.getMessage());
            }
        }
    }

    private static void folder(Call call, String path) throws IOException {
        var kind = ClientFile.Kind.DIRECTORY;
        call.session().make(new NewFile(path, kind, "", 0755, call.now(), false)).close();
    }

    private static void tar(Call call, Image image, BuildExport export)
            throws InterruptedException {
        try (var tree = call.engine().imageMounts().tree(image.id().hex())) {
            new ArchiveOutput(call, file(export), "write the image")
                    .write(out -> new TarTarget(out).write("", sink -> tree.read("/", "", sink)));
        }
    }

    private static List<SavedImage> saved(Call call, List<Image> built, List<String> tags)
            throws InterruptedException {
        return List.of(call.engine().images().toSave(built.getFirst().id().hex(), tags));
    }

    private static void archive(
            Call call, List<SavedImage> saved, ArchiveFormat format, BuildExport export)
            throws InterruptedException {
        var images = call.engine().images();
        new ArchiveOutput(call, file(export), "write the image")
                .write(out -> images.save(saved, format, out));
    }

    private void push(Call call, boolean asList, List<String> tags, Access access)
            throws InterruptedException {
        var images = call.engine().images();
        var options = PushOptions.DEFAULT.withAccess(access);
        try (var progress = new Progress(call, takeStandardOutput())) {
            for (var tag : tags) {
                if (asList) {
                    images.lists().push(tag, tag, true, options, progress::push);
                } else {
                    images.registries().push(tag, tag, options, progress::push);
                }
            }
        }
    }
}
