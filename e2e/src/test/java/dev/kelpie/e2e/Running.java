package dev.kelpie.e2e;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// A command that was started and goes on. Its output goes to files, so that what it leaves behind
/// can never hold the test by an open pipe.
final class Running implements AutoCloseable {
    static final Duration LIMIT = Duration.ofMinutes(2);

    private final List<String> command;
    private final Process process;
    private final Path stdout;
    private final Path stderr;

    private Running(List<String> command, Process process, Path stdout, Path stderr) {
        this.command = command;
        this.process = process;
        this.stdout = stdout;
        this.stderr = stderr;
    }

    /// Starts a command in `directory`; `variables` come on top of our own environment.
    static Running start(Path directory, Map<String, String> variables, List<String> command) {
        try {
            var output = Files.createTempFile("kelpie-e2e-", ".stdout");
            var errors = Files.createTempFile("kelpie-e2e-", ".stderr");
            var builder = new ProcessBuilder(command).directory(directory.toFile());
            builder.environment().putAll(variables);
            builder.redirectOutput(output.toFile()).redirectError(errors.toFile());
            return new Running(command, builder.start(), output, errors);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start " + command, e);
        }
    }

    /// Writes to its standard input.
    Running write(String text) {
        try {
            OutputStream stdin = process.getOutputStream();
            stdin.write(text.getBytes(StandardCharsets.UTF_8));
            stdin.flush();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write to " + command, e);
        }
    }

    Running closeInput() {
        try {
            process.getOutputStream().close();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot end the input of " + command, e);
        }
    }

    /// Waits until its standard output holds `text`.
    Running awaitOutput(String text) {
        Await.until(
                () -> "output '" + text + "' of " + soFar(),
                () -> stdout().contains(text) || !process.isAlive());
        if (!stdout().contains(text)) {
            throw new AssertionError("ended without '" + text + "': " + soFar());
        }
        return this;
    }

    String stdout() {
        return text(stdout);
    }

    boolean isAlive() {
        return process.isAlive();
    }

    long pid() {
        return process.pid();
    }

    Running signal(String name) {
        Host.run("kill", "-" + name, Long.toString(process.pid())).expect(0);
        return this;
    }

    /// Waits for its end, at most [#LIMIT].
    Result await() {
        try {
            if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                var report = soFar();
                process.destroyForcibly().waitFor();
                throw new AssertionError("still running after " + LIMIT + ": " + report);
            }
            var result = soFar();
            close();
            return result;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting for " + command, e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor();
            Files.deleteIfExists(stdout);
            Files.deleteIfExists(stderr);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Result soFar() {
        var exitCode = process.isAlive() ? -1 : process.exitValue();
        return new Result(command, exitCode, text(stdout), text(stderr));
    }

    private static String text(Path file) {
        try {
            return Files.exists(file)
                    ? new String(Files.readAllBytes(file), StandardCharsets.UTF_8)
                    : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
