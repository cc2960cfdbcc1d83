package dev.kelpie.engine.spec;

import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;

/// Who a container's processes are, besides the user that [ProcessSpec] names.
///
/// @param nonRoot a user that turns out to be root is refused (Kubernetes' `runAsNonRoot`)
/// @param groups further groups, by number, or by name in the image's /etc/group
/// @param umask of its processes; empty: the field's, 022
public record RunAs(
        boolean nonRoot,
        List<String> groups,
        Memberships memberships,
        OptionalInt umask,
        Accounts accounts) {

    /// Any user, and the groups that Docker and Podman give it.
    public static final RunAs USUAL = new RunAs(false, List.of(), Memberships.UNLESS_GROUP_GIVEN);

    /// With the usual umask, and the accounts of the image.
    public RunAs(boolean nonRoot, List<String> groups, Memberships memberships) {
        this(nonRoot, groups, memberships, OptionalInt.empty(), Accounts.OF_IMAGE);
    }

    public RunAs {
        groups = List.copyOf(groups);
        // rows that an earlier version wrote have neither
        umask = Objects.requireNonNullElse(umask, OptionalInt.empty());
        accounts = Objects.requireNonNullElse(accounts, Accounts.OF_IMAGE);
    }

    /// Whether the groups count whose member the user is by the image's /etc/group.
    public enum Memberships {
        /// Unless the user was given together with a group, as Docker and Podman do.
        UNLESS_GROUP_GIVEN,
        /// Always: Kubernetes' `supplementalGroupsPolicy: Merge`, its default.
        MERGE,
        /// Never: Kubernetes' `supplementalGroupsPolicy: Strict`.
        STRICT
    }
}
