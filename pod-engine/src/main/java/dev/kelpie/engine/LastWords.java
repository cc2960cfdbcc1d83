package dev.kelpie.engine;

import dev.kelpie.engine.fault.EngineIoException;
import dev.kelpie.engine.report.ContainerEnd;
import dev.kelpie.engine.report.ContainerRun;
import dev.kelpie.engine.sandbox.RunFacts;
import dev.kelpie.engine.spec.Lifecycle;
import dev.kelpie.engine.state.ContainerRow;
import dev.kelpie.runtime.HostException;
import dev.kelpie.runtime.conmon.LogReader;
import dev.kelpie.runtime.spec.Mount;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;

/// What a container leaves behind of a run: its termination message and the tail of its log.
final class LastWords {

    private static final int MESSAGE_BYTES = 4096;
    private static final int TAIL_LINES = 10;
    private static final int TAIL_LENGTH = 2048;
    private static final int FALLBACK_LINES = 80;

    private final Core core;

    LastWords(Core core) {
        this.core = core;
    }

    /// The file for a message, empty again; nothing for a container that has none.
    List<Mount> mounts(ContainerRow row) {
        var message = row.spec().policy().lifecycle().message();
        if (message.isEmpty()) {
            return List.of();
        }
        var file = core.files.terminationLog(row.id());
        try {
            Files.createDirectories(file.getParent());
            Files.deleteIfExists(file);
            Files.createFile(file);
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
        } catch (IOException e) {
            throw new EngineIoException("cannot make '" + file + "'", e);
        }
        return List.of(Mount.bind(file, message.get().path(), false));
    }

    /// A run that has ended, with what it said.
    ContainerRun of(ContainerRow row, RunFacts facts, ContainerEnd end) {
        var failed = end.exitCode() != 0;
        var tail = failed ? log(row, facts, TAIL_LINES) : "";
        var message =
                row.spec().policy().lifecycle().message().map(m -> message(row, m, facts, failed));
        return new ContainerRun(
                facts.started(),
                message.filter(text -> !text.isEmpty()).map(end::withMessage).orElse(end),
                tail);
    }

    private String message(
            ContainerRow row, Lifecycle.TerminationMessage where, RunFacts facts, boolean failed) {
        var said = said(row);
        return said.isEmpty() && failed && where.fallbackToLogs()
                ? log(row, facts, FALLBACK_LINES)
                : said;
    }

    private String said(ContainerRow row) {
        var file = core.files.terminationLog(row.id());
        try (var in =
                Files.newInputStream(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            return new String(in.readNBytes(MESSAGE_BYTES), StandardCharsets.UTF_8);
        } catch (IOException _) {
            return ""; // nobody can say what it would have been
        }
    }

    private String log(ContainerRow row, RunFacts facts, int lines) {
        var text = new StringBuilder();
        try {
            new LogReader(core.files.conmon(row.id()).log())
                    .read(
                            new LogReader.Wanted(
                                    Optional.of(lines), facts.started(), Optional.empty()),
                            line -> append(text, line));
        } catch (HostException _) {
            return ""; // the end is worth more than its log
        }
        return text.length() > TAIL_LENGTH
                ? text.substring(text.length() - TAIL_LENGTH)
                : text.toString();
    }

    private static void append(StringBuilder text, dev.kelpie.runtime.conmon.LogLine line) {
        var bytes = line.text();
        text.append(
                new String(
                        bytes.array(),
                        bytes.arrayOffset() + bytes.position(),
                        bytes.remaining(),
                        StandardCharsets.UTF_8));
        if (line.complete()) {
            text.append('\n');
        }
        if (text.length() > 4 * TAIL_LENGTH) {
            text.delete(0, text.length() - 2 * TAIL_LENGTH);
        }
    }
}
