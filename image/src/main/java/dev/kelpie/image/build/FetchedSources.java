package dev.kelpie.image.build;

import dev.kelpie.image.spec.Digest;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/// Sources of COPY and ADD that lie in no directory: here-documents, and what ADD fetches from the
/// web or by git.
final class FetchedSources {

    /// One, brought here.
    ///
    /// @param unpack whether an archive is to be unpacked
    record Fetched(
            String name,
            Path file,
            int mode,
            Instant modified,
            boolean unpack,
            boolean directory) {}

    private final Building building;
    private final Stage stage;

    private static final AtomicInteger SERIAL = new AtomicInteger();

    FetchedSources(Building building, Stage stage) {
        this.building = building;
        this.stage = stage;
    }

    /// What the word means if it is one of these.
    Optional<Fetched> find(String word, Instruction instruction, Flags flags)
            throws IOException, InterruptedException {
        for (var document : instruction.heredocs()) {
            if (document.opening().replaceAll("[\"'\\\\]", "").equals(word)) {
                return Optional.of(document(document, instruction));
            }
        }
        if (!isRemote(word)) {
            return Optional.empty();
        }
        if (!instruction.keyword().equals("ADD")) {
            throw instruction.error("COPY takes no remote files, ADD does: '" + word + "'");
        }
        return Optional.of(isGit(word) ? git(word, flags) : download(word, instruction, flags));
    }

    private Fetched document(Heredoc document, Instruction instruction)
            throws IOException, InterruptedException {
        var text =
                document.expand()
                        ? Words.expandVariables(
                                document.content(), stage::variable, instruction.escape())
                        : document.content();
        var file = Files.writeString(fresh(), text);
        return new Fetched(document.name(), file, 0644, Instant.EPOCH, false, false);
    }

    static boolean isRemote(String word) {
        return word.matches("(?:https?|git|ssh|ftp)://.*|git@[^/]+:.*");
    }

    static boolean isGit(String word) {
        return word.matches("(?:git|ssh)://.*|git@[^/]+:.*|https?://[^#?]*\\.git(?:#.*)?");
    }

    private Fetched git(String url, Flags flags) throws IOException, InterruptedException {
        var target = Files.createDirectory(fresh());
        building.session().git(url, target, flags.isSet("keep-git-dir"));
        var name = url.replaceFirst("#.*$", "").replaceFirst("\\.git$", "");
        return new Fetched(
                name.substring(name.lastIndexOf('/') + 1),
                subdirectory(url, target),
                0,
                Instant.EPOCH,
                false,
                true);
    }

    /// `URL#REF:DIRECTORY`.
    static Path subdirectory(String url, Path checkout) throws IOException {
        var hash = url.indexOf('#');
        var colon = url.indexOf(':', hash + 1);
        if (hash < 0 || colon < 0) {
            return checkout;
        }
        var root = checkout.toRealPath();
        var directory = root.resolve(url.substring(colon + 1).replaceFirst("^/+", "")).toRealPath();
        if (!directory.startsWith(root)) {
            throw new IOException("'" + url + "' leads out of the repository");
        }
        return directory;
    }

    private Fetched download(String url, Instruction instruction, Flags flags)
            throws IOException, InterruptedException {
        var file = fresh();
        var modified = Download.to(file, URI.create(url));
        var wanted = flags.get("checksum");
        if (wanted.isPresent()) {
            check(url, file, wanted.get(), instruction);
        }
        var path = URI.create(url).getPath();
        var name = path == null ? "" : path.substring(path.lastIndexOf('/') + 1);
        if (name.isEmpty()) {
            throw instruction.error("ADD cannot tell a file name from '" + url + "'");
        }
        return new Fetched(name, file, 0600, modified, flags.isSet("unpack"), false);
    }

    private static void check(String url, Path file, String wanted, Instruction instruction)
            throws IOException {
        var hash = Digest.sha256();
        try (var in = Files.newInputStream(file)) {
            var buffer = new byte[1 << 16];
            for (var count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                hash.update(buffer, 0, count);
            }
        }
        var actual = Digest.from(hash);
        if (!Digest.parse(wanted).equals(actual)) {
            throw instruction.error(
                    "'"
                            + url
                            + "' is not what was expected: --checksum="
                            + wanted
                            + ", got "
                            + actual);
        }
    }

    private Path fresh() throws InterruptedException {
        return building.session().scratch().resolve("source-" + SERIAL.incrementAndGet());
    }
}
