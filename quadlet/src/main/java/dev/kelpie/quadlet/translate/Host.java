package dev.kelpie.quadlet.translate;

import java.util.OptionalLong;

/// What a translation asks of the host that it runs on.
public interface Host {
    boolean exists(String path);

    /// The id of a user by its name or number; empty when there is no such user.
    OptionalLong userId(String name);

    OptionalLong groupId(String name);
}
