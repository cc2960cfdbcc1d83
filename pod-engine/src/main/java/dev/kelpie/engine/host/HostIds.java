package dev.kelpie.engine.host;

import dev.kelpie.engine.sandbox.IdSupply;
import dev.kelpie.engine.sandbox.IdSupply.Span;
import dev.kelpie.runtime.kernel.RootedDirectory;
import dev.kelpie.runtime.kernel.UserNamespace;
import dev.kelpie.runtime.oci.UserDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Which ids this host lends: to root those of the user `containers` in `/etc/subuid` and
/// `/etc/subgid`, as with Podman, or the upper half of all; to others what their namespace has
/// besides themselves.
public final class HostIds {

    private static final String OWNER = "containers";

    /// Nobody gives these to users or to their namespaces by itself.
    static final Span UPPER_HALF = new Span(1L << 31, (1L << 31) - (1 << 16));

    private HostIds() {}

    /// Asks this host.
    public static IdSupply ofThisHost() {
        if (!UserNamespace.isInitial()) {
            var caller = caller(UserNamespace.callersUser(), UserNamespace.callersGroup());
            long users = UserNamespace.idCount();
            long groups = UserNamespace.groupCount();
            return new IdSupply(others(users), others(groups), Optional.of(caller), users, groups);
        }
        return new IdSupply(
                spans(Path.of("/etc/subuid")),
                spans(Path.of("/etc/subgid")),
                Optional.empty(),
                (1L << 32) - 1,
                (1L << 32) - 1);
    }

    /// Names as the host's own files have them; a directory service's users are called by number.
    private static IdSupply.Caller caller(int uid, int gid) {
        try (var host = RootedDirectory.open(Path.of("/"))) {
            var known = UserDatabase.read(host);
            return new IdSupply.Caller(
                    uid,
                    gid,
                    known.userName(Integer.toUnsignedLong(uid))
                            .orElse(Integer.toUnsignedString(uid)),
                    known.groupName(Integer.toUnsignedLong(gid))
                            .orElse(Integer.toUnsignedString(gid)));
        }
    }

    private static List<Span> others(long count) {
        return count > 1 ? List.of(new Span(1, count - 1)) : List.of();
    }

    private static List<Span> spans(Path file) {
        try {
            return parse(Files.readString(file));
        } catch (IOException _) {
            return List.of(UPPER_HALF);
        }
    }

    /// Reads `NAME:FIRST:COUNT` lines, see subuid(5).
    static List<Span> parse(String text) {
        var spans = new ArrayList<Span>();
        for (var line : text.lines().toList()) {
            var words = line.strip().split(":", -1);
            if (words.length == 3
                    && words[0].equals(OWNER)
                    && words[1].matches("[0-9]{1,10}")
                    && words[2].matches("[1-9][0-9]{0,9}")) {
                spans.add(new Span(Long.parseLong(words[1]), Long.parseLong(words[2])));
            }
        }
        return spans.isEmpty() ? List.of(UPPER_HALF) : spans;
    }
}
