package dev.kelpie.app.flag;

import dev.kelpie.engine.spec.PodUsers;
import dev.kelpie.engine.spec.PodUsersSyntax;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/// Flags for users of one's own: `--userns`, or single ranges of ids.
public final class UsersFlags {
    @Option(
            names = "--userns",
            description =
                    "User namespace: host, auto[:size=N], keep-id[:uid=N,gid=N,size=N], nomap")
    String userns = "";

    @Option(names = "--uidmap", description = "Users of its own: INSIDE:OUTSIDE:COUNT")
    List<String> uidMaps = new ArrayList<>();

    @Option(
            names = "--gidmap",
            description = "Groups of its own: INSIDE:OUTSIDE:COUNT (default: as --uidmap)")
    List<String> gidMaps = new ArrayList<>();

    /// What was asked for; empty for the engine's own users.
    public Optional<PodUsers> users() {
        if (uidMaps.isEmpty() && gidMaps.isEmpty()) {
            return parse(userns);
        }
        if (!userns.isEmpty()) {
            throw FlagException.meaning(
                    "--userns cannot be set together with --uidmap or --gidmap");
        }
        try {
            var uids = PodUsersSyntax.ranges(uidMaps);
            var gids = PodUsersSyntax.ranges(gidMaps);
            return Optional.of(
                    new PodUsers.Mapped(
                            uids.isEmpty() ? gids : uids, gids.isEmpty() ? uids : gids));
        } catch (IllegalArgumentException e) {
            throw FlagException.meaning(String.valueOf(e.getMessage()));
        }
    }

    /// One value of `--userns`.
    public static Optional<PodUsers> parse(String text) {
        try {
            return PodUsersSyntax.parse(text, false);
        } catch (IllegalArgumentException e) {
            throw FlagException.meaning(String.valueOf(e.getMessage()));
        }
    }
}
