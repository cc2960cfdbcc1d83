package dev.kelpie.engine.report;

import dev.kelpie.engine.spec.NetworkOptions;
import java.time.Instant;
import java.util.List;

/// One network of the engine.
///
/// @param bridge interface of the host while somebody is on it
/// @param members who is on it or will be when started
public record NetworkSummary(
        String name,
        String id,
        String bridge,
        Addresses addresses,
        boolean dns,
        Instant created,
        NetworkOptions options,
        List<Member> members) {

    public NetworkSummary {
        members = List.copyOf(members);
    }

    /// Where it is.
    ///
    /// @param subnet CIDR
    public record Addresses(String subnet, String gateway) {}

    /// A pod's infra container, or a container by itself.
    ///
    /// @param attachments empty while it does not run
    public record Member(String container, String name, List<NetworkAttachment> attachments) {
        public Member {
            attachments = List.copyOf(attachments);
        }
    }
}
