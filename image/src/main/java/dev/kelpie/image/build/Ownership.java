package dev.kelpie.image.build;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;
import java.util.OptionalLong;

/// `--chown=USER[:GROUP]`, numbers or names of the image's own passwd and group files.
record Ownership(long uid, long gid) {

    static final Ownership ROOT = new Ownership(0, 0);

    private static final long LARGEST_FILE = 1 << 20;
    private static final long LARGEST_ID = 0xffff_fffeL;

    static Ownership parse(String text, LowerView image, Instruction instruction) {
        var colon = text.indexOf(':');
        var user = colon < 0 ? text : text.substring(0, colon);
        var group = colon < 0 ? "" : text.substring(colon + 1);
        try {
            var entry =
                    number(user).isPresent()
                            ? Optional.<String[]>empty()
                            : line(image, "etc/passwd", user);
            var uid = number(user).isPresent() ? number(user) : id(entry, 2);
            OptionalLong gid;
            if (group.isEmpty()) {
                // as Docker has it: the group of the same number, or the user's own
                gid = entry.isPresent() ? id(entry, 3) : uid;
            } else {
                gid =
                        number(group).isPresent()
                                ? number(group)
                                : id(line(image, "etc/group", group), 2);
            }
            if (uid.isEmpty() || gid.isEmpty()) {
                throw instruction.error(
                        (uid.isEmpty() ? "user '" + user : "group '" + group)
                                + "' is not in the image's "
                                + (uid.isEmpty() ? "/etc/passwd" : "/etc/group"));
            }
            return new Ownership(uid.getAsLong(), gid.getAsLong());
        } catch (IOException e) {
            throw instruction.error("cannot look up '" + text + "': " + e.getMessage(), e);
        }
    }

    /// The uid of a name or number; empty when the image does not know the name.
    static OptionalLong uid(String user, LowerView image) throws IOException {
        return number(user).isPresent() ? number(user) : id(line(image, "etc/passwd", user), 2);
    }

    private static Optional<String[]> line(LowerView image, String file, String name)
            throws IOException {
        var found = image.find(image.resolve(file));
        if (found.isEmpty()
                || !Files.isRegularFile(found.get().file(), java.nio.file.LinkOption.NOFOLLOW_LINKS)
                || Files.size(found.get().file()) > LARGEST_FILE) {
            return Optional.empty();
        }
        var bytes = Files.readAllBytes(found.get().file());
        for (var line :
                new String(bytes, java.nio.charset.StandardCharsets.UTF_8).lines().toList()) {
            var fields = line.split(":", -1);
            if (fields.length >= 3 && fields[0].equals(name)) {
                return Optional.of(fields);
            }
        }
        return Optional.empty();
    }

    private static OptionalLong id(Optional<String[]> line, int field) {
        return line.isPresent() && line.get().length > field
                ? number(line.get()[field])
                : OptionalLong.empty();
    }

    private static OptionalLong number(String text) {
        if (!text.matches("[0-9]{1,10}") || Long.parseLong(text) > LARGEST_ID) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(Long.parseLong(text));
    }
}
