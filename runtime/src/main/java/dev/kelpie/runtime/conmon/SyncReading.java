package dev.kelpie.runtime.conmon;

import dev.kelpie.runtime.ConmonDiedException;
import dev.kelpie.runtime.kernel.LinePipe;
import dev.kelpie.runtime.kernel.LinePipe.Outcome;
import java.nio.file.Path;
import java.time.Duration;

/// The first line of the sync pipe: the pid, or why there is none.
final class SyncReading {

    private SyncReading() {}

    static SyncLine first(
            LinePipe sync, ConmonLaunch launch, Path ociLog, String what, Duration longest)
            throws InterruptedException {
        return switch (sync.readLine(longest)) {
            case Outcome.Line(String text) -> {
                var line =
                        SyncLine.parse(text)
                                .orElseThrow(() ->
                                        new ConmonDiedException(
                                                what + ": conmon said '" + text + "'"));
                if (line.data() > 0) {
                    yield line;
                }
                throw RuntimeComplaint.failure(
                        what, RuntimeComplaint.read(ociLog).orElse(orUnknown(line.message())));
            }
            // conmon before 2.1.13 says nothing when the runtime failed without a word on stderr
            case Outcome.Ended _ -> {
                var told = RuntimeComplaint.read(ociLog);
                if (told.isPresent()) {
                    throw RuntimeComplaint.failure(what, told.get());
                }
                throw new ConmonDiedException(
                        what + ": conmon ended silently " + launch.complaint());
            }
            case Outcome.TimedOut _ ->
                    throw new ConmonDiedException(
                            what + ": the OCI runtime did not answer within " + longest);
        };
    }

    /// Waits until conmon's attach socket listens.
    static void attachReady(LinePipe ready, ConmonLaunch launch, String what)
            throws InterruptedException {
        if (!(ready.readLine(Duration.ofSeconds(60)) instanceof Outcome.Line)) {
            throw new ConmonDiedException(
                    what + ": conmon opened no attach socket " + launch.complaint());
        }
    }

    private static String orUnknown(String message) {
        return message.isEmpty() ? "the OCI runtime gave no reason" : message;
    }
}
