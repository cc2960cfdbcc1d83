package dev.kelpie.runtime.conmon;

import dev.kelpie.runtime.kernel.ProcessIdentity;
import dev.kelpie.runtime.oci.FakeOciRuntime;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// A conmon without processes: it puts containers into a `FakeOciRuntime`, and at their end writes
/// the exit file where the real one does. Each container's init and conmon are one living `sleep`
/// process, so that liveness, pidfds and exit watches are real.
public final class FakeConmon implements Conmon, AutoCloseable {

    private final FakeOciRuntime runtime;
    private final Map<String, Process> processes = new ConcurrentHashMap<>();

    public FakeConmon(FakeOciRuntime runtime) {
        this.runtime = runtime;
    }

    @Override
    public CreatedContainer create(CreateRequest request) {
        var files = request.files();
        files.removeStale();
        runtime.create(files.id(), request.name(), code -> end(files, code));
        try {
            var process = new ProcessBuilder("sleep", "1000").start();
            processes.put(files.id(), process);
            var identity = ProcessIdentity.of((int) process.pid()).orElseThrow();
            Files.writeString(files.pidFile(), Integer.toString(identity.pid()));
            return new CreatedContainer(identity, identity);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void end(ConmonFiles files, int code) {
        try {
            Files.createDirectories(files.exits());
            Files.writeString(files.exitFile(), Integer.toString(code));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var process = processes.remove(files.id());
        if (process != null) {
            process.destroyForcibly();
        }
    }

    @Override
    public ExecSession exec(ExecRequest request) throws InterruptedException {
        var result =
                runtime.exec(
                        request.container().id(),
                        request.process(),
                        java.time.Duration.ofSeconds(1));
        return new FakeExecSession(result.exit(), result.stdout().getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public AttachSession attach(ConmonFiles files) {
        return new FakeExecSession(0, new byte[0]);
    }

    @Override
    public void resize(ConmonFiles files, int columns, int rows) {}

    @Override
    public void reopenLog(ConmonFiles files) {}

    /// Ends the processes that still stand for containers.
    @Override
    public void close() {
        processes.values().forEach(Process::destroyForcibly);
    }

    /// A command that wrote something and ended.
    private static final class FakeExecSession implements ExecSession {

        private final int code;
        private Optional<Chunk> output;

        FakeExecSession(int code, byte[] output) {
            this.code = code;
            this.output =
                    output.length == 0
                            ? Optional.empty()
                            : Optional.of(
                                    new Chunk(Stream.STDOUT, java.nio.ByteBuffer.wrap(output)));
        }

        @Override
        public ProcessIdentity process() {
            return new ProcessIdentity(1, 0);
        }

        @Override
        public Optional<Chunk> read() {
            var next = output;
            output = Optional.empty();
            return next;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {}

        @Override
        public void closeStdin() {}

        @Override
        public void resize(int columns, int rows) {}

        @Override
        public int exitCode() {
            return code;
        }

        @Override
        public void close() {}
    }
}
