package dev.kelpie.engine.fault;

import java.io.IOException;

/// A file or directory of the engine's own could not be read or written (a full disk, for one).
public final class EngineIoException extends PodException {

    public EngineIoException(String what, IOException cause) {
        super(what + ": " + cause.getMessage(), cause);
    }
}
