package dev.kelpie.app.command.container;

import dev.kelpie.app.flag.FlagException;
import dev.kelpie.app.flag.VolumeFlag;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// `--mount type=glob`: each file that fits a pattern is mounted below the target, or without one
/// where it is on the host.
///
/// @param source absolute path on the host
record GlobMount(Path source, String target) {

    private static final Pattern SPECIAL = Pattern.compile("[*?\\[\\]{}\\\\]");

    static List<GlobMount> of(Path pattern, String target) {
        var found = new ArrayList<GlobMount>();
        for (var path : matches(pattern)) {
            var name = String.valueOf(path.getFileName());
            var place = target.isEmpty() ? path.toString() : Path.of(target, name).toString();
            found.add(new GlobMount(path, place));
        }
        if (found.isEmpty()) {
            throw FlagException.meaning("no file paths matching glob \"" + pattern + "\"");
        }
        return found;
    }

    VolumeFlag flag(List<String> options) {
        if (!target.startsWith("/")) {
            throw FlagException.meaning("must set an absolute volume destination for a glob");
        }
        return new VolumeFlag(source.toString(), target, options);
    }

    /// Name by name, as glob(7) has it: a `*` is no `/`.
    private static List<Path> matches(Path pattern) {
        List<Path> found = List.of(Path.of("/"));
        for (var name : pattern) {
            var next = new ArrayList<Path>();
            for (var folder : found) {
                addMatches(folder, name.toString(), next);
            }
            next.sort(null);
            found = next;
        }
        return found;
    }

    /// Only folders in which something may fit are read.
    private static void addMatches(Path folder, String name, List<Path> found) {
        if (!SPECIAL.matcher(name).find()) {
            var path = folder.resolve(name);
            if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
                found.add(path);
            }
            return;
        }
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, name)) {
            entries.forEach(found::add);
        } catch (IOException _) { // no folder, or not to be read: nothing fits in it
        }
    }
}
