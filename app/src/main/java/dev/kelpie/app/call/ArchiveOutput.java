package dev.kelpie.app.call;

import dev.kelpie.app.session.ClientFile;
import dev.kelpie.app.session.NewFile;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/// Where a command writes an archive: a file of the client's, made when the first bytes come, so
/// that what is there already stays when nothing can be written; or standard output.
public final class ArchiveOutput {

    private final Call call;
    private final String file;

    /// @param file as typed; empty for standard output
    /// @throws CommandException when that is a terminal
    public ArchiveOutput(Call call, String file, String verb) {
        this.call = call;
        this.file = file;
        if (file.isEmpty() && call.stdoutIsTerminal()) {
            throw new CommandException(
                    "refusing to " + verb + " to terminal. Use -o flag or redirect");
        }
    }

    /// What writes the archive.
    @FunctionalInterface
    public interface Writing {
        void to(OutputStream out) throws IOException, InterruptedException;
    }

    public void write(Writing archive) throws InterruptedException {
        try {
            if (file.isEmpty()) {
                archive.to(call.session().stdout());
                if (call.session().stdout().checkError()) {
                    throw new CommandException("cannot write to standard output");
                }
            } else {
                try (var out = new Late()) {
                    archive.to(out);
                }
            }
        } catch (IOException e) {
            throw new CommandException(
                    "cannot write to "
                            + (file.isEmpty() ? "standard output" : "'" + file + "'")
                            + ": "
                            + e.getMessage());
        }
    }

    /// The client's file, made at the first write.
    private final class Late extends OutputStream {
        private @Nullable OutputStream out;

        private OutputStream out() {
            var made = out;
            if (made == null) {
                made =
                        call.session()
                                .make(
                                        new NewFile(
                                                file,
                                                ClientFile.Kind.FILE,
                                                "",
                                                0666 & ~call.session().umask(),
                                                call.now(),
                                                false));
                out = made;
            }
            return made;
        }

        @Override
        public void write(int b) throws IOException {
            out().write(b);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out().write(bytes, offset, length);
        }

        @Override
        public void close() throws IOException {
            if (out != null) {
                out.close();
            }
        }
    }
}
