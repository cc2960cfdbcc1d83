package dev.kelpie.runtime.network;

import java.util.Collection;

/// How the networks of an engine without root reach the world, and the world their published ports.
interface Uplink {

    /// Which address the DNS server asks for other names than its own.
    String resolver();

    /// Starts what leads out, unless it runs.
    ///
    /// @throws dev.kelpie.runtime.NetworkException with the program's own words when it does not
    ///   start
    void start() throws InterruptedException;

    /// Starts what leads out by IPv6, unless it runs; nothing where the program cannot.
    ///
    /// @throws dev.kelpie.runtime.NetworkException as `start`
    void startSix() throws InterruptedException;

    /// Ends everything.
    void stop();

    /// Leads these ports in, unless it does: to the same ports of the namespace that counts as the
    /// host's.
    ///
    /// @param six also at the host's IPv6 addresses
    /// @throws dev.kelpie.runtime.NetworkException when a port cannot be had
    void begin(String owner, Collection<PublishedPort> ports, boolean six)
            throws InterruptedException;

    /// Leads an owner's ports in no more.
    void end(String owner) throws InterruptedException;

    /// Ends those of owners that are gone.
    void keepOnly(Collection<String> owners) throws InterruptedException;

    /// The state as the rules inside must have it.
    NetworkState inside(NetworkState state);
}
