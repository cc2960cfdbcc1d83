package dev.kelpie.runtime;

/// Root of everything this module throws: something the host was asked to do did not work.
public abstract sealed class HostException extends RuntimeException
        permits CgroupException,
                CommandFailedException,
                ConmonDiedException,
                ContainerGoneException,
                ContainerStartException,
                FileAccessException,
                HostLacksException,
                LockHeldException,
                NetworkException,
                SystemCallException {

    HostException(String message) {
        super(message);
    }

    HostException(String message, Throwable cause) {
        super(message, cause);
    }
}
