package dev.kelpie.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

/// What one run of a command gave.
record Result(List<String> command, int exitCode, String stdout, String stderr) {

    /// Its lines on standard output without the line ends.
    List<String> lines() {
        return stdout.lines().toList();
    }

    /// The output without blanks and line ends around it.
    String text() {
        return stdout.strip();
    }

    Result expect(int wanted) {
        assertThat(exitCode).as("exit status of %s", this).isEqualTo(wanted);
        return this;
    }

    @Override
    public String toString() {
        return String.join(" ", command)
                + "\n--- exit status "
                + exitCode
                + "\n--- stdout\n"
                + stdout
                + "--- stderr\n"
                + stderr;
    }
}
