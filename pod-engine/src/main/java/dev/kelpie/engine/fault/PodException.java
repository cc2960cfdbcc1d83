package dev.kelpie.engine.fault;

/// Root of everything this module throws of its own; what the host or the image store throws passes
/// through or is its cause.
public abstract sealed class PodException extends RuntimeException
        permits AmbiguousIdException,
                ContainerNotFoundException,
                ContainerStateException,
                EngineIoException,
                HostPathException,
                InitContainerFailedException,
                InvalidRequestException,
                NameInUseException,
                NetworkInUseException,
                NetworkNotFoundException,
                PodNotFoundException,
                PortInUseException,
                SecretException,
                SecretNotFoundException,
                StartFailedException,
                StateException,
                VolumeInUseException,
                VolumeNotFoundException {

    PodException(String message) {
        super(message);
    }

    PodException(String message, Throwable cause) {
        super(message, cause);
    }
}
