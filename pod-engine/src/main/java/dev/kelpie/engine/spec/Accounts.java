package dev.kelpie.engine.spec;

import java.util.List;
import java.util.Optional;

/// Which lines a container's passwd(5) and group(5) have beyond the image's.
///
/// @param named a user or group by number that the image does not know gets a line
/// @param userLine pattern of that line; `$USERNAME`, `$UID`, `$GID`, `$NAME` and `$HOME` stand for
///   what is found out
/// @param groupLine pattern of the group's; `$GROUPNAME`, `$GID` and `$USERLIST`
/// @param ofHost users of the host, by name or number, who have their lines too
public record Accounts(
        boolean named, Optional<String> userLine, Optional<String> groupLine, List<String> ofHost) {
    /// The image's and no others.
    public static final Accounts OF_IMAGE =
            new Accounts(false, Optional.empty(), Optional.empty(), List.of());

    public Accounts {
        ofHost = List.copyOf(ofHost);
    }
}
