package dev.kelpie.image.build;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/// Build contexts that are fetched: which addresses are git's, which files are archives.
public final class RemoteContext {

    private RemoteContext() {}

    /// Whether an address names a repository: `git@…`, `git://`, `ssh://`, or one ending in `.git`.
    public static boolean isGit(String address) {
        return address.startsWith("git+") || FetchedSources.isGit(address);
    }

    /// The directory of a checkout that `URL#REF:DIRECTORY` means.
    public static Path subdirectory(String address, Path checkout) throws IOException {
        return FetchedSources.subdirectory(address, checkout);
    }

    public static boolean isArchive(Path file) throws IOException {
        return AddedTar.isArchive(file);
    }

    /// Deletes a directory with all in it, following no link.
    public static void delete(Path directory) throws IOException {
        try (var files = Files.walk(directory)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
