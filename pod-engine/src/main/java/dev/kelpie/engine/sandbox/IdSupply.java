package dev.kelpie.engine.sandbox;

import java.util.List;
import java.util.Optional;

/// The ids of users and groups that an engine may give to the pods with user namespaces of their
/// own, as its own namespace calls them.
///
/// @param caller the user of a rootless engine, who is its root; empty for the host's root
/// @param users how many there are in all, that of the engine too; likewise `groups`
public record IdSupply(
        List<Span> uids, List<Span> gids, Optional<Caller> caller, long users, long groups) {

    public IdSupply {
        uids = List.copyOf(uids);
        gids = List.copyOf(gids);
    }

    /// `count` ids from `first` on.
    public record Span(long first, long count) {}

    /// How the host calls the user.
    ///
    /// @param group the name of `gid`
    public record Caller(int uid, int gid, String name, String group) {}
}
