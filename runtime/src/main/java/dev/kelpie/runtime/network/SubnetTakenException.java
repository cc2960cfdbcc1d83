package dev.kelpie.runtime.network;

import dev.kelpie.runtime.NetworkException;

/// Somebody else took a network's subnet between choosing and using it: choose another one.
public final class SubnetTakenException extends NetworkException {

    SubnetTakenException(Subnet subnet, String holder) {
        super("subnet " + subnet + " is already on interface '" + holder + "'");
    }
}
