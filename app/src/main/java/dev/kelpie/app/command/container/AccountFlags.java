package dev.kelpie.app.command.container;

import dev.kelpie.app.flag.FlagException;
import dev.kelpie.engine.spec.Accounts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import picocli.CommandLine.Option;

/// Flags on how a new container's users are called, and what their files may do.
final class AccountFlags {
    @Option(names = "--umask", description = "Umask of its processes (default 0022)")
    String umask = "";

    @Option(
            names = "--passwd",
            arity = "0..1",
            description = "Name a user by number that its image does not know (default true)")
    boolean passwd = true;

    @Option(
            names = "--passwd-entry",
            description =
                    "That user's line of /etc/passwd, with $USERNAME, $UID, $GID, $NAME, $HOME")
    String passwdEntry = "";

    @Option(
            names = "--group-entry",
            description = "The line of /etc/group, with $GROUPNAME, $GID, $USERLIST")
    String groupEntry = "";

    @Option(names = "--hostuser", description = "User of the host whom it knows too")
    List<String> hostUsers = new ArrayList<>();

    OptionalInt umask() {
        if (umask.isEmpty()) {
            return OptionalInt.empty();
        }
        if (!umask.matches("0?[0-7]{1,4}")) {
            throw FlagException.meaning("invalid umask string " + umask + ": invalid argument");
        }
        return OptionalInt.of(Integer.parseInt(umask, 8) & 0777);
    }

    Accounts accounts() {
        return new Accounts(
                passwd,
                line("--passwd-entry", passwdEntry),
                line("--group-entry", groupEntry),
                hostUsers);
    }

    private static Optional<String> line(String flag, String text) {
        if (text.chars().anyMatch(Character::isISOControl)) {
            throw FlagException.meaning(flag + " must be one line, was \"" + text + "\"");
        }
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }
}
