package dev.kelpie.engine.sandbox;

import dev.kelpie.engine.fault.InvalidRequestException;
import dev.kelpie.engine.spec.Accounts;
import dev.kelpie.runtime.oci.UserDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Lines of passwd(5) and group(5) for those whom an image does not know.
final class AccountLines {

    private static final Path HOSTS = Path.of("/etc/passwd");

    private final UserDatabase image;
    private final String home;
    private final List<String> users = new ArrayList<>();
    private final List<String> groups = new ArrayList<>();

    /// @param home of users without another
    AccountLines(UserDatabase image, String home) {
        this.image = image;
        this.home = home;
    }

    /// The user who runs the engine.
    record Kept(String name, String groupName, long user, long group) {}

    void kept(Kept kept) {
        if (image.userName(kept.user()).isEmpty()) {
            users.add(kept.name() + ":*:" + kept.user() + ":" + kept.group() + "::" + shell());
        }
        if (image.groupName(kept.group()).isEmpty()) {
            groups.add(kept.groupName() + ":x:" + kept.group() + ":" + kept.name());
        }
    }

    /// The container's own user, and the group that was given with it.
    void named(AccountFiles.NumericUser user, Accounts accounts) {
        var uid = Long.toString(user.user());
        boolean grouped = user.group().matches("\\d{1,10}");
        var gid = grouped ? user.group() : "0";
        boolean known = image.userName(user.user()).isPresent() || has(uid);
        if (!known) {
            var line = accounts.userLine().orElse("$USERNAME:*:$UID:$GID:$NAME:$HOME:/bin/sh");
            users.add(
                    line.replace("$USERNAME", uid)
                            .replace("$UID", uid)
                            .replace("$GID", gid)
                            .replace("$NAME", "container user")
                            .replace("$HOME", home));
        }
        if (!known || grouped) {
            group(grouped ? gid : uid, uid, accounts);
        }
    }

    private void group(String gid, String user, Accounts accounts) {
        if (image.groupName(Long.parseLong(gid)).isEmpty()) {
            var line = accounts.groupLine().orElse("$GROUPNAME:x:$GID:$USERLIST");
            groups.add(
                    line.replace("$GROUPNAME", gid)
                            .replace("$GID", gid)
                            .replace("$USERLIST", user));
        }
    }

    private boolean has(String uid) {
        return users.stream().anyMatch(line -> line.split(":", -1)[2].equals(uid));
    }

    /// A user of the host's, without a password.
    void ofHost(String nameOrId) {
        var fields =
                hosts().stream()
                        .map(line -> line.split(":", -1))
                        .filter(line -> line.length >= 7)
                        .filter(line -> line[0].equals(nameOrId) || line[2].equals(nameOrId))
                        .findFirst()
                        .orElseThrow(() ->
                                new InvalidRequestException(
                                        "the host has no user '" + nameOrId + "'"));
        if (fields[2].matches("\\d{1,10}") && image.userName(Long.parseLong(fields[2])).isEmpty()) {
            users.add(
                    String.join(":", fields[0], "*", fields[2], fields[3], fields[4])
                            + ":"
                            + shell());
        }
    }

    private static List<String> hosts() {
        try {
            return Files.readAllLines(HOSTS);
        } catch (IOException _) {
            return List.of();
        }
    }

    private String shell() {
        return home + ":/bin/sh";
    }

    List<String> users() {
        return users;
    }

    List<String> groups() {
        return groups;
    }
}
