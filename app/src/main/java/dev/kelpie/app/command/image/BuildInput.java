package dev.kelpie.app.command.image;

import dev.kelpie.app.call.Call;
import dev.kelpie.app.call.CommandException;
import dev.kelpie.app.session.ClientFile;
import dev.kelpie.image.build.BuildSources;
import dev.kelpie.image.build.Containerfile;
import dev.kelpie.image.build.Download;
import dev.kelpie.image.build.RemoteContext;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Finds what a build reads: a directory, an archive or Containerfile on standard input or from the
/// web, a git repository. What it fetched is gone when it is closed.
final class BuildInput implements AutoCloseable {

    private final Call call;
    private Optional<Path> fetched = Optional.empty();

    BuildInput(Call call) {
        this.call = call;
    }

    /// @param typed the operand, or `.`
    /// @param file of `--file`, or nothing
    BuildSources sources(String typed, String file, String ignoreFile, List<String> named)
            throws InterruptedException {
        try {
            var context = context(typed);
            var containerfile = containerfile(context, file);
            return new BuildSources(
                    context,
                    containerfile,
                    file.equals("-") ? "stdin" : shown(containerfile),
                    ignoreFile.isEmpty() ? Optional.empty() : Optional.of(call.path(ignoreFile)),
                    named(named));
        } catch (IOException e) {
            throw new CommandException(String.valueOf(e.getMessage()));
        }
    }

    private String shown(Path containerfile) {
        return fetched.filter(containerfile::startsWith).isPresent()
                ? String.valueOf(containerfile.getFileName())
                : containerfile.toString();
    }

    private Path context(String typed) throws IOException, InterruptedException {
        if (RemoteContext.isGit(typed)) {
            var checkout = Files.createDirectory(temporary().resolve("git"));
            call.engine().fetchGit(typed, checkout);
            return RemoteContext.subdirectory(typed, checkout);
        }
        if (typed.matches("https?://.*")) {
            var file = temporary().resolve("download");
            Download.to(file, URI.create(typed));
            return unpacked(file);
        }
        if (typed.equals("-")) {
            var file = temporary().resolve("stdin");
            Files.copy(call.session().stdin(), file);
            return unpacked(file);
        }
        var found = call.session().lookUp(typed);
        if (found.filter(each -> each.kind() == ClientFile.Kind.DIRECTORY).isEmpty()) {
            throw new CommandException("build context '" + typed + "' is not a directory");
        }
        return call.path(typed);
    }

    /// An archive becomes the context; anything else is a Containerfile without one.
    private Path unpacked(Path file) throws IOException, InterruptedException {
        var context = Files.createDirectory(temporary().resolve("context"));
        if (RemoteContext.isArchive(file)) {
            call.engine().images().unpack(file, context);
        } else {
            Files.move(file, context.resolve("Containerfile"));
        }
        return context;
    }

    /// `--file` starts at the caller's directory; Podman looks in the context too.
    private Path containerfile(Path context, String file) throws IOException {
        if (file.equals("-")) {
            var text = temporary().resolve("Containerfile");
            Files.copy(call.session().stdin(), text);
            return text;
        }
        if (file.isEmpty()) {
            var usual = Containerfile.in(context);
            if (!Files.exists(usual)) {
                throw new CommandException(
                        "no Containerfile or Dockerfile specified or found in context directory, "
                                + context
                                + ": no such file or directory");
            }
            return usual;
        }
        var inContext = context.resolve(file).normalize();
        for (var candidate : List.of(call.path(file), inContext)) {
            if (Files.exists(candidate)) {
                return candidate;
            }
        }
        throw new CommandException(
                "the specified Containerfile or Dockerfile does not exist, " + file);
    }

    private Map<String, String> named(List<String> words) throws IOException, InterruptedException {
        var all = new HashMap<String, String>();
        for (var word : words) {
            var equals = word.indexOf('=');
            if (equals <= 0 || equals == word.length() - 1) {
                throw new CommandException("--build-context is not name=place: '" + word + "'");
            }
            all.put(word.substring(0, equals), place(word.substring(equals + 1)));
        }
        return all;
    }

    private String place(String typed) throws IOException, InterruptedException {
        for (var prefix : List.of("docker-image://", "container-image://", "docker://")) {
            if (typed.startsWith(prefix)) {
                return "docker-image://" + typed.substring(prefix.length());
            }
        }
        if (RemoteContext.isGit(typed) || typed.matches("https?://.*")) {
            var directory = Files.createTempDirectory(temporary(), "named-");
            if (RemoteContext.isGit(typed)) {
                call.engine().fetchGit(typed, directory);
                return RemoteContext.subdirectory(typed, directory).toString();
            }
            var file = directory.resolve("download");
            Download.to(file, URI.create(typed));
            var tree = Files.createDirectory(directory.resolve("tree"));
            call.engine().images().unpack(file, tree);
            return tree.toString();
        }
        var path = call.path(typed);
        if (!Files.isDirectory(path)) {
            throw new CommandException("build context '" + typed + "' is not a directory");
        }
        return path.toString();
    }

    private Path temporary() throws IOException {
        if (fetched.isEmpty()) {
            fetched = Optional.of(Files.createTempDirectory("kelpie-context-"));
        }
        return fetched.get();
    }

    @Override
    public void close() {
        if (fetched.isPresent()) {
            try {
                RemoteContext.delete(fetched.get());
            } catch (IOException e) {
                throw new CommandException(
                        "cannot delete '" + fetched.get() + "': " + e.getMessage());
            }
        }
    }
}
