package dev.kelpie.engine.probe;

import dev.kelpie.engine.spec.Handler;
import java.io.IOException;
import java.time.Duration;

/// Whether somebody listens.
final class TcpQuestion {

    private TcpQuestion() {}

    static Answer ask(Dialler dialler, Handler.TcpSocket question, Duration timeout)
            throws InterruptedException {
        try (var line = Line.within(timeout)) {
            try {
                var host = Line.host(question.host(), dialler);
                line.dial(dialler, host, question.port()).close();
                return Answer.passed("");
            } catch (IOException e) {
                return Answer.failed(
                        "dial tcp "
                                + question.host().orElseGet(() -> dialler.self().getHostAddress())
                                + ":"
                                + question.port()
                                + ": "
                                + (line.overdue() ? "i/o timeout" : e.getMessage()));
            }
        }
    }
}
