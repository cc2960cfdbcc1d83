package dev.kelpie.runtime.network;

import java.util.Collection;

/// Makes the host's networks look as one engine root intends.
///
/// The intent changes first, then the backend is called: it reads `NetworkIntent.desired()` anew on
/// each call and replaces all rules of the root by what it says. Every call may be repeated; calls
/// may come from many threads and are queued. Failures are `NetworkException` or another
/// `HostException`.
public interface NetworkBackend {

    /// `nftables` or `netavark`.
    String name();

    /// Attaches these to their networks, all in one go, with bridges, rules and DNS; their
    /// namespaces exist already. The intent holds them. When it fails their interfaces are gone
    /// again; the engine takes them out of its intent and calls `detach`.
    void attach(Collection<Attachment> joining) throws InterruptedException;

    /// Takes the interfaces, rules, names and UDP connections of these away, and bridges nobody
    /// uses any more. The intent holds them no more. Their namespaces may be gone already. What is
    /// missing is no error.
    void detach(Collection<Attachment> leaving) throws InterruptedException;

    /// Leads to services as the intent says now; interfaces stay as they are.
    void serve() throws InterruptedException;

    /// Makes everything anew that the intent says and the host lacks: after a start of the service,
    /// or a firewall reload that flushed foreign rules. Interfaces of living pods are kept.
    void reapply() throws InterruptedException;

    /// Whether the host may have something of the root: pods of it, or what a service that was
    /// killed between the intent and the host left behind. A cheap look, which may be wrong only by
    /// seeing too much.
    boolean hasRemains();

    /// Removes whatever the root has on this host: bridges, interfaces, rules, DNS, files. Asks no
    /// intent, so it also cleans after a lost store.
    void removeAll() throws InterruptedException;
}
