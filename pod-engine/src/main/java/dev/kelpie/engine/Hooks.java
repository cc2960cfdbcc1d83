package dev.kelpie.engine;

import dev.kelpie.engine.probe.Answer;
import dev.kelpie.engine.sandbox.RunFacts;
import dev.kelpie.engine.spec.Handler;
import dev.kelpie.engine.state.ContainerRow;
import java.time.Duration;

/// What containers have done when they begin and before they end.
final class Hooks {

    private Hooks() {}

    /// Runs one, no longer than this.
    static Answer run(
            Core core, ContainerRow row, RunFacts facts, Handler.OfHook hook, Duration longest)
            throws InterruptedException {
        var questions = new Questions(core, row, facts);
        return switch (hook) {
            case Handler.Exec exec -> questions.ask(exec, longest);
            case Handler.TcpSocket tcp -> questions.ask(tcp, longest);
            case Handler.HttpGet get -> said(questions.ask(get, longest));
            case Handler.Sleep(Duration time) -> sleep(time, longest);
        };
    }

    /// Any answer will do: the kubelet looks at none.
    private static Answer said(Answer answer) {
        return answer.output().startsWith("HTTP probe failed") ? new Answer(0, "") : answer;
    }

    private static Answer sleep(Duration time, Duration longest) throws InterruptedException {
        Thread.sleep(time.compareTo(longest) < 0 ? time : longest);
        return new Answer(0, "");
    }
}
