package dev.kelpie.app.command.container;

import dev.kelpie.app.call.Call;
import dev.kelpie.app.call.Operands;
import dev.kelpie.app.call.Verb;
import dev.kelpie.engine.report.Health;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `healthcheck run`: asks a container now; 0 if it is healthy, else 1 and the word for it.
@Command(
        name = "run",
        description = "Run the health check of a container",
        customSynopsis = "CONTAINER")
final class HealthcheckRun implements Verb {
    private final Call call;

    @Option(
            names = "--ignore-result",
            arity = "0..1",
            description = "End with 0 whatever the check found")
    boolean ignoreResult;

    @Parameters List<String> containers = new ArrayList<>();

    HealthcheckRun(Call call) {
        this.call = call;
    }

    @Override
    public int run() throws InterruptedException {
        Operands.exactly(1, containers);
        var health = call.engine().containers().checkHealth(containers.getFirst());
        if (health.status().equals(Health.HEALTHY)) {
            return 0;
        }
        call.print(health.status() + "\n");
        return ignoreResult ? 0 : 1;
    }
}
