package dev.kelpie.app.command;

import dev.kelpie.engine.fault.AmbiguousIdException;
import dev.kelpie.engine.fault.ContainerNotFoundException;
import dev.kelpie.engine.fault.ContainerStateException;
import dev.kelpie.engine.fault.EngineIoException;
import dev.kelpie.engine.fault.HostPathException;
import dev.kelpie.engine.fault.InitContainerFailedException;
import dev.kelpie.engine.fault.InvalidRequestException;
import dev.kelpie.engine.fault.NameInUseException;
import dev.kelpie.engine.fault.NetworkInUseException;
import dev.kelpie.engine.fault.NetworkNotFoundException;
import dev.kelpie.engine.fault.PodException;
import dev.kelpie.engine.fault.PodNotFoundException;
import dev.kelpie.engine.fault.PortInUseException;
import dev.kelpie.engine.fault.SecretException;
import dev.kelpie.engine.fault.SecretNotFoundException;
import dev.kelpie.engine.fault.StartFailedException;
import dev.kelpie.engine.fault.StateException;
import dev.kelpie.engine.fault.VolumeInUseException;
import dev.kelpie.engine.fault.VolumeNotFoundException;
import dev.kelpie.image.ImageException;
import dev.kelpie.runtime.ContainerStartException;
import dev.kelpie.runtime.HostException;
import dev.kelpie.runtime.NetworkException;

/// The exit code of each failure that a command does not judge for itself.
final class ExitCodes {
    private static final int ERROR = 125;

    /// A container's network or runtime could not be set up.
    private static final int SET_UP = 126;

    private ExitCodes() {}

    static int of(PodException failure) {
        return switch (failure) {
            case StartFailedException start -> start.exitCode();
            case PortInUseException _ -> SET_UP;
            case AmbiguousIdException _,
                    ContainerNotFoundException _,
                    ContainerStateException _,
                    EngineIoException _,
                    HostPathException _,
                    InitContainerFailedException _,
                    InvalidRequestException _,
                    NameInUseException _,
                    NetworkInUseException _,
                    NetworkNotFoundException _,
                    PodNotFoundException _,
                    SecretException _,
                    SecretNotFoundException _,
                    StateException _,
                    VolumeInUseException _,
                    VolumeNotFoundException _ ->
                    ERROR;
        };
    }

    static int of(ImageException failure) {
        return switch (failure) {
            case dev.kelpie.image.BuildException build -> build.exitCode().orElse(ERROR);
            case dev.kelpie.image.BadArchiveException _,
                    dev.kelpie.image.BadImageException _,
                    dev.kelpie.image.BadImageNameException _,
                    dev.kelpie.image.ImageInUseException _,
                    dev.kelpie.image.ImageNotFoundException _,
                    dev.kelpie.image.ImageStoreException _,
                    dev.kelpie.image.RegistryException _ ->
                    ERROR;
        };
    }

    static int of(HostException failure) {
        if (failure instanceof ContainerStartException start) {
            return start.reason().exitCode();
        }
        return failure instanceof NetworkException ? SET_UP : ERROR;
    }
}
