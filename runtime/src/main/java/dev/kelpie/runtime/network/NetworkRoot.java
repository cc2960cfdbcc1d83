package dev.kelpie.runtime.network;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/// One engine root as the network sees it.
///
/// @param id 8 hex digits, in the names of its table, bridges and interfaces
/// @param directory its per-boot files, below the run root
/// @param hostNamespace network namespace to treat as the host's; absent: the one we are in
public record NetworkRoot(String id, Path directory, Optional<Path> hostNamespace) {

    public NetworkRoot {
        if (!id.matches("[0-9a-f]{8}")) {
            throw new IllegalArgumentException("bad root id: '" + id + "'");
        }
        if (!directory.isAbsolute()) {
            throw new IllegalArgumentException("not an absolute path: '" + directory + "'");
        }
    }

    /// The one of the engine with these directories.
    public static NetworkRoot of(Path engineRoot, Path runRoot) {
        var key =
                engineRoot.toAbsolutePath().normalize()
                        + "\0"
                        + runRoot.toAbsolutePath().normalize();
        return new NetworkRoot(
                sha256(key).substring(0, 8),
                runRoot.toAbsolutePath().resolve("network"),
                Optional.empty());
    }

    /// The same, with another namespace as the host's.
    NetworkRoot withHostNamespace(Path namespace) {
        return new NetworkRoot(id, directory, Optional.of(namespace));
    }

    /// The nftables table of the root, family inet.
    public String table() {
        return "kelpie-" + id;
    }

    /// The host's end of an attachment's veth pair: found again without any memory.
    String hostInterface(Attachment attachment) {
        var key = attachment.owner() + "\0" + attachment.interfaceName();
        return hostInterfacePrefix() + sha256(key).substring(0, 8);
    }

    /// What the names of all host ends of this root begin with.
    String hostInterfacePrefix() {
        return "kv" + id.substring(0, 5);
    }

    /// What the names of all bridges of this root begin with.
    String bridgePrefix() {
        return "kelpie" + id.substring(0, 6);
    }

    /// Whether this interface of the host is of this root: a bridge or an end of a pair.
    boolean owns(String interfaceName) {
        return interfaceName.startsWith(bridgePrefix())
                || interfaceName.startsWith(hostInterfacePrefix());
    }

    static String sha256(String text) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
