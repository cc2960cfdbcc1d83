package dev.kelpie.engine.probe;

import dev.kelpie.engine.spec.Handler;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Optional;

/// Asks the standard gRPC health service, in the clear: one HTTP/2 exchange (RFC 9113) by hand,
/// which needs one request and the first message of its answer.
final class GrpcQuestion {

    private static final int MOST_FRAMES = 100;
    private static final String[] STATUS = {"UNKNOWN", "SERVING", "NOT_SERVING", "SERVICE_UNKNOWN"};

    private GrpcQuestion() {}

    static Answer ask(Dialler dialler, Handler.Grpc question, Duration timeout)
            throws InterruptedException {
        var host = dialler.self();
        var target = host.getHostAddress() + ":" + question.port();
        try (var line = Line.within(timeout)) {
            try {
                var socket = line.dial(dialler, host, question.port()).socket();
                var out = socket.getOutputStream();
                out.write(GrpcFrames.request(target, question.service()));
                out.flush();
                return judge(answer(new DataInputStream(socket.getInputStream()), out));
            } catch (IOException e) {
                var why =
                        line.overdue()
                                ? "timeout: failed to connect service \""
                                        + target
                                        + "\" within "
                                        + timeout.toSeconds()
                                        + "s"
                                : "error: health rpc to \""
                                        + target
                                        + "\" failed: "
                                        + e.getMessage();
                return Answer.failed(why);
            }
        }
    }

    private static Answer judge(Optional<Integer> status) {
        if (status.isEmpty()) {
            return Answer.failed(
                    "error: this server does not implement the grpc health protocol"
                            + " (grpc.health.v1.Health), or not for this service");
        }
        var number = status.get();
        var word = number >= 0 && number < STATUS.length ? STATUS[number] : "" + number;
        return number == 1
                ? Answer.passed("service healthy")
                : Answer.failed("service unhealthy (responded with \"" + word + "\")");
    }

    /// The status in the first message; empty when the call ended without one.
    private static Optional<Integer> answer(DataInputStream in, OutputStream out)
            throws IOException {
        var message = new GrpcMessage();
        for (int i = 0; i < MOST_FRAMES; i++) {
            var frame = GrpcFrames.read(in);
            switch (frame.type()) {
                case GrpcFrames.SETTINGS -> {
                    if (!frame.has(GrpcFrames.ACK)) {
                        out.write(
                                GrpcFrames.frame(
                                        GrpcFrames.SETTINGS, GrpcFrames.ACK, 0, new byte[0]));
                        out.flush();
                    }
                }
                case GrpcFrames.PING -> {
                    if (!frame.has(GrpcFrames.ACK)) {
                        out.write(
                                GrpcFrames.frame(
                                        GrpcFrames.PING, GrpcFrames.ACK, 0, frame.payload()));
                        out.flush();
                    }
                }
                case GrpcFrames.DATA -> message.add(frame.data());
                case GrpcFrames.RESET -> throw new IOException("stream reset by the server");
                case GrpcFrames.GOAWAY -> throw new IOException("connection refused by the server");
                default -> {
                    // headers, whose words do not matter, and what a call may ignore
                }
            }
            var status = message.status();
            if (status.isPresent() || frame.endsCall()) {
                return status;
            }
        }
        throw new IOException("more than " + MOST_FRAMES + " frames without an answer");
    }
}
