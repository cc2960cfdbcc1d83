package dev.kelpie.runtime.oci;

import dev.kelpie.runtime.ContainerStartException;
import dev.kelpie.runtime.ContainerStartException.Reason;
import dev.kelpie.runtime.HostException;
import dev.kelpie.runtime.kernel.RootedDirectory;
import dev.kelpie.runtime.oci.ContainerConfig.UserRules;
import dev.kelpie.runtime.spec.Mount;
import dev.kelpie.runtime.spec.OciProcess.User;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/// Users and groups as the image's own /etc/passwd and /etc/group have them, see passwd(5) and
/// group(5). Read inside the root only, and of limited size: both files are the image's.
public final class UserDatabase {

    private static final int MOST_BYTES = 4 << 20;
    private static final long MOST_ID = 4_294_967_294L;

    private final List<String> passwd;
    private final List<String> group;

    private UserDatabase(List<String> passwd, List<String> group) {
        this.passwd = passwd;
        this.group = group;
    }

    /// From the root's `/etc/passwd` and `/etc/group`; a missing one has no lines.
    public static UserDatabase read(RootedDirectory root) {
        return new UserDatabase(lines(root, "/etc/passwd"), lines(root, "/etc/group"));
    }

    /// As a container sees them: a file that is mounted over the root's is read instead.
    static UserDatabase read(RootedDirectory root, List<Mount> mounts) {
        return new UserDatabase(
                lines(root, "/etc/passwd", mounts), lines(root, "/etc/group", mounts));
    }

    private static List<String> lines(RootedDirectory root, String file, List<Mount> mounts) {
        return mounts.stream()
                .filter(mount -> mount.destination().equals(file))
                .map(mount -> Path.of(mount.source()))
                .filter(source -> Files.isRegularFile(source, LinkOption.NOFOLLOW_LINKS))
                .findFirst()
                .map(UserDatabase::lines)
                .orElseGet(() -> lines(root, file));
    }

    private static List<String> lines(Path file) {
        try (var input = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            return lines(input);
        } catch (IOException _) {
            return List.of(); // gone meanwhile
        }
    }

    private static List<String> lines(InputStream input) throws IOException {
        return new String(input.readNBytes(MOST_BYTES), StandardCharsets.UTF_8).lines().toList();
    }

    /// One that knows nobody.
    public static UserDatabase empty() {
        return new UserDatabase(List.of(), List.of());
    }

    /// The name of a user; control characters in it are shown as `?`.
    public Optional<String> userName(long uid) {
        return passwd.stream()
                .flatMap(line -> parsePasswd(line).stream())
                .filter(line -> line.uid() == uid)
                .map(line -> line.name().replaceAll("\\p{Cntrl}", "?"))
                .findFirst();
    }

    /// The name of a group, as `userName`.
    public Optional<String> groupName(long gid) {
        return groups().stream()
                .filter(line -> line.gid() == gid)
                .map(line -> line.name().replaceAll("\\p{Cntrl}", "?"))
                .findFirst();
    }

    static UserDatabase of(String passwd, String group) {
        return new UserDatabase(passwd.lines().toList(), group.lines().toList());
    }

    private static List<String> lines(RootedDirectory root, String file) {
        try (var input = root.read(file)) {
            return lines(input);
        } catch (HostException | IOException _) {
            return List.of(); // images without the file are common
        }
    }

    /// Who the process is and where at home.
    public record Identity(User user, String home) {}

    private record PasswdLine(String name, long uid, long gid, String home) {}

    private record GroupLine(String name, long gid, List<String> members) {}

    /// Resolves `name`, `uid`, `name:group`, `uid:gid`; empty is root. A number needs no line, its
    /// group is then 0. Throws when the rules want no root and it is one.
    public Identity resolve(String user, UserRules rules) {
        var colon = user.indexOf(':');
        var who = colon < 0 ? user : user.substring(0, colon);
        var line = passwdLine(who.isEmpty() ? "0" : who);
        var uid =
                line.map(PasswdLine::uid)
                        .or(() -> id(who.isEmpty() ? "0" : who))
                        .orElseThrow(() -> unknown("user", who));
        if (rules.nonRoot() && uid == 0) {
            throw new ContainerStartException(
                    Reason.OTHER,
                    "container has runAsNonRoot and image will run as root (user '" + user + "')");
        }
        var gid = colon < 0 ? line.map(PasswdLine::gid).orElse(0L) : gid(user.substring(colon + 1));
        var groups = new TreeSet<Long>();
        groups.add(gid);
        var byImage =
                switch (rules.memberships()) {
                    case UNLESS_GROUP_GIVEN -> colon < 0;
                    case MERGE -> true;
                    case STRICT -> false;
                };
        if (byImage) {
            line.ifPresent(known -> groups.addAll(memberships(known.name())));
        }
        rules.groups().forEach(name -> groups.add(gid(name)));
        var home = line.map(PasswdLine::home).filter(path -> path.startsWith("/")).orElse("/");
        return new Identity(new User(uid, gid, List.copyOf(groups), rules.umask()), home);
    }

    /// A number is always the uid itself, never a name that looks the same: else an image could
    /// call root `1000` and be root for those who asked for the user 1000.
    private Optional<PasswdLine> passwdLine(String who) {
        var uid = id(who);
        return passwd.stream()
                .flatMap(line -> parsePasswd(line).stream())
                .filter(line -> uid.isPresent() ? line.uid() == uid.get() : line.name().equals(who))
                .findFirst();
    }

    private long gid(String name) {
        if (name.isEmpty()) {
            throw unknown("group", name);
        }
        return id(name).or(() ->
                        groups().stream()
                                .filter(line -> line.name().equals(name))
                                .map(GroupLine::gid)
                                .findFirst())
                .orElseThrow(() -> unknown("group", name));
    }

    private List<Long> memberships(String name) {
        return groups().stream()
                .filter(line -> line.members().contains(name))
                .map(GroupLine::gid)
                .toList();
    }

    private List<GroupLine> groups() {
        var found = new ArrayList<GroupLine>();
        for (var line : group) {
            var fields = line.split(":", -1);
            if (fields.length >= 4) {
                id(fields[2])
                        .ifPresent(gid ->
                                found.add(
                                        new GroupLine(
                                                fields[0],
                                                gid,
                                                List.of(fields[3].split(",", -1)))));
            }
        }
        return found;
    }

    private static Optional<PasswdLine> parsePasswd(String line) {
        var fields = line.split(":", -1);
        if (fields.length < 6) {
            return Optional.empty();
        }
        var uid = id(fields[2]);
        var gid = id(fields[3]);
        return uid.isPresent() && gid.isPresent()
                ? Optional.of(new PasswdLine(fields[0], uid.get(), gid.get(), fields[5]))
                : Optional.empty();
    }

    private static Optional<Long> id(String text) {
        return text.matches("[0-9]{1,10}") && Long.parseLong(text) <= MOST_ID
                ? Optional.of(Long.valueOf(text))
                : Optional.empty();
    }

    private static ContainerStartException unknown(String kind, String name) {
        return new ContainerStartException(
                Reason.NOT_INVOCABLE,
                "no "
                        + kind
                        + " '"
                        + name
                        + "' in the image's /etc/"
                        + (kind.equals("user") ? "passwd" : "group"));
    }
}
