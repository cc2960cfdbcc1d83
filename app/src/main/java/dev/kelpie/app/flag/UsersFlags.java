package dev.kelpie.app.flag;

import dev.kelpie.engine.spec.PodUsers;
import dev.kelpie.engine.spec.PodUsersSyntax;
import dev.kelpie.runtime.kernel.UserNamespace;
import java.nio.file.Path;
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

    @Option(names = "--subuidname", description = "Users of its own: a name's of /etc/subuid")
    String subUidName = "";

    @Option(names = "--subgidname", description = "Groups of its own: a name's of /etc/subgid")
    String subGidName = "";

    /// What was asked for; empty for the engine's own users.
    public Optional<PodUsers> users() {
        if (!subUidName.isEmpty() || !subGidName.isEmpty()) {
            return Optional.of(subordinate());
        }
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

    private PodUsers subordinate() {
        if (!userns.isEmpty() || !uidMaps.isEmpty() || !gidMaps.isEmpty()) {
            throw FlagException.meaning(
                    "--subuidname and --subgidname cannot be set together with --userns, --uidmap or"
                            + " --gidmap");
        }
        if (!UserNamespace.isInitial()) {
            throw FlagException.meaning("--subuidname and --subgidname need root: use --userns");
        }
        return new PodUsers.Mapped(
                SubordinateIds.of(
                        Path.of("/etc/subuid"), subUidName.isEmpty() ? subGidName : subUidName),
                SubordinateIds.of(
                        Path.of("/etc/subgid"), subGidName.isEmpty() ? subUidName : subGidName));
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
