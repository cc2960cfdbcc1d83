package dev.kelpie.engine;

import dev.kelpie.runtime.conmon.AttachSession;
import dev.kelpie.runtime.conmon.Conmon;
import dev.kelpie.runtime.conmon.ConmonFiles;
import java.io.IOException;
import java.io.OutputStream;

/// An attachment to a container's own streams.
final class ContainerAttachment implements Attachment {

    private final Conmon conmon;
    private final ConmonFiles files;
    private final AttachSession session;

    ContainerAttachment(Conmon conmon, ConmonFiles files) {
        this.conmon = conmon;
        this.files = files;
        this.session = conmon.attach(files);
    }

    @Override
    public void relayOutput(OutputStream stdout, OutputStream stderr)
            throws IOException, InterruptedException {
        Streams.relay(session, stdout, stderr);
    }

    @Override
    public OutputStream stdin() {
        return Streams.stdin(session);
    }

    @Override
    public void resize(int rows, int columns) {
        conmon.resize(files, columns, rows);
    }

    @Override
    public void close() {
        session.close();
    }
}
