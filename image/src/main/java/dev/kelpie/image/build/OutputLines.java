package dev.kelpie.image.build;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/// A step's output as events of whole lines, so that stages built side by side do not mix theirs. A
/// line that does not end soon, such as a progress bar, is passed on in pieces.
final class OutputLines {

    private static final int LONGEST = 4096;

    private final Building building;
    private final BuildEvent.StageNumber stage;
    private final ByteArrayOutputStream rest = new ByteArrayOutputStream();

    OutputLines(Building building, BuildEvent.StageNumber stage) {
        this.building = building;
        this.stage = stage;
    }

    synchronized void write(byte[] bytes) {
        var last = bytes.length;
        while (last > 0 && bytes[last - 1] != '\n' && bytes[last - 1] != '\r') {
            last--;
        }
        rest.write(bytes, 0, last);
        if (last > 0) {
            flush();
        }
        rest.write(bytes, last, bytes.length - last);
        if (rest.size() > LONGEST) {
            flush();
        }
    }

    /// What came last without a line's end gets one.
    synchronized void end() {
        if (rest.size() > 0) {
            rest.write('\n');
            flush();
        }
    }

    private void flush() {
        if (rest.size() > 0) {
            building.say(new BuildEvent.Output(stage, rest.toString(StandardCharsets.UTF_8)));
            rest.reset();
        }
    }
}
