package dev.kelpie.engine.probe;

/// What came back.
///
/// @param exitCode of a command; of every other 0 or 1
/// @param output what it said or what went wrong, cut
public record Answer(int exitCode, String output) {

    static final int LONGEST = 10 * 1024;

    static Answer passed(String output) {
        return new Answer(0, output);
    }

    static Answer failed(String output) {
        return new Answer(1, output);
    }

    public boolean passed() {
        return exitCode == 0;
    }
}
