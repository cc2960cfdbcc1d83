package dev.kelpie.engine.probe;

import dev.kelpie.engine.spec.Handler;
import java.time.Duration;

/// Asks over the network, from within the container's own.
public final class NetworkAsker {

    private final Dialler dialler;

    public NetworkAsker(Dialler dialler) {
        this.dialler = dialler;
    }

    public Answer ask(Handler.HttpGet question, Duration timeout) throws InterruptedException {
        return new HttpQuestion(dialler, question).ask(timeout);
    }

    public Answer ask(Handler.TcpSocket question, Duration timeout) throws InterruptedException {
        return TcpQuestion.ask(dialler, question, timeout);
    }

    public Answer ask(Handler.Grpc question, Duration timeout) throws InterruptedException {
        return GrpcQuestion.ask(dialler, question, timeout);
    }
}
