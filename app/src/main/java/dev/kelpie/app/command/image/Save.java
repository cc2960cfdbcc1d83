package dev.kelpie.app.command.image;

import dev.kelpie.app.call.Call;
import dev.kelpie.app.call.CommandException;
import dev.kelpie.app.call.Operands;
import dev.kelpie.app.call.Verb;
import dev.kelpie.app.flag.FlagException;
import dev.kelpie.image.Images;
import dev.kelpie.image.archive.ArchiveFormat;
import dev.kelpie.image.archive.SavedImage;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `save`: images as an archive, to a file, a folder or standard output.
@Command(
        name = "save",
        description = "Save images to an archive",
        customSynopsis = "[options] IMAGE [IMAGE...]")
final class Save implements Verb {
    private final Call call;

    @Option(
            names = {"-o", "--output"},
            description = "File or folder to write (default: standard output)")
    String output = "";

    @Option(
            names = "--format",
            description = "docker-archive (default), oci-archive, oci-dir, docker-dir")
    String format = "docker-archive";

    @Option(
            names = {"-m", "--multi-image-archive"},
            arity = "0..1",
            description = "Each operand is an image; without it, all but the first are its names")
    boolean several;

    @Option(
            names = "--compress",
            arity = "0..1",
            description = "Compress layers with gzip (docker-dir only)")
    boolean compress;

    @Option(
            names = {"-q", "--quiet"},
            arity = "0..1",
            description = "Show no progress")
    boolean quiet;

    @Parameters List<String> operands = new ArrayList<>();

    Save(Call call) {
        this.call = call;
    }

    @Override
    public int run() throws InterruptedException {
        Operands.atLeast(1, operands);
        var wanted = wanted();
        var images = call.engine().images();
        var saved = saved(images);
        if (output.isEmpty()) {
            images.save(saved, wanted, call.session().stdout());
            if (call.session().stdout().checkError()) {
                throw new CommandException("cannot write to standard output");
            }
        } else {
            images.save(saved, wanted, compress, call.path(output));
        }
        return 0;
    }

    private ArchiveFormat wanted() {
        var wanted =
                ArchiveFormat.parse(format)
                        .orElseThrow(() ->
                                FlagException.meaning(
                                        "unknown format \"%s\": use docker-archive, oci-archive, oci-dir or docker-dir"
                                                .formatted(format)));
        if (compress && wanted != ArchiveFormat.DOCKER_DIR) {
            throw FlagException.meaning("--compress can only be set when --format is 'docker-dir'");
        }
        if (several && wanted != ArchiveFormat.DOCKER_ARCHIVE) {
            throw FlagException.meaning(
                    "--multi-image-archive can only be set when --format is 'docker-archive'");
        }
        if (output.isEmpty() && wanted.isDirectory()) {
            throw FlagException.meaning("--format " + wanted + " is a folder and needs --output");
        }
        if (output.isEmpty() && call.stdoutIsTerminal()) {
            throw new CommandException("refusing to save to terminal. Use -o flag or redirect");
        }
        return wanted;
    }

    private List<SavedImage> saved(Images images) {
        if (several) {
            return operands.stream().map(name -> images.toSave(name, List.of())).toList();
        }
        return List.of(images.toSave(operands.getFirst(), operands.subList(1, operands.size())));
    }
}
