package dev.kelpie.engine.fault;

/// A host port that was to be published is taken.
public final class PortInUseException extends PodException {

    public PortInUseException(String address, String protocol, String holder) {
        super(
                "cannot publish "
                        + address
                        + "/"
                        + protocol
                        + ": address already in use"
                        + (holder.isEmpty() ? "" : " by pod '" + holder + "'"));
    }
}
