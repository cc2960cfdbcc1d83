package dev.kelpie.quadlet.translate;

/// What a translation is made for.
///
/// @param tool absolute path of the command that the units call
/// @param user whether the units are for a user's systemd
public record Settings(String tool, boolean user, Host host) {

    /// The unit that waits for the network: a user's systemd cannot see the system's targets.
    String networkOnline() {
        return user ? WaitUnit.NAME : "network-online.target";
    }
}
