package dev.kelpie.app.command.system;

import dev.kelpie.app.call.Call;
import dev.kelpie.app.call.Verb;
import dev.kelpie.engine.report.ContainerKind;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `system boot`: for an init system to call once the host is up. Opening the engine is what brings
/// everything back; this waits for it and tells what runs. With `--halt` the other way round, when
/// the host goes down: else its last processes would wait for containers that ignore SIGTERM.
@Command(
        name = "boot",
        description = "Bring back what ran before the host was restarted",
        customSynopsis = "[OPTIONS]")
final class Boot implements Verb {
    static final String UNIT =
            """
            [Unit]
            Description=Bring back the pods and containers of Kelpie
            Documentation=man:kelpie(1)
            Wants=network-online.target
            After=network-online.target local-fs.target

            [Service]
            Type=oneshot
            RemainAfterExit=yes
            KillMode=process
            ExecStartPre=%1$s system boot
            ExecStart=%1$s system boot
            ExecStop=%1$s system boot --halt
            TimeoutStopSec=infinity

            [Install]
            WantedBy=%2$s
            """;

    private final Call call;

    @Option(
            names = "--unit",
            arity = "0..1",
            description = "Print a systemd unit that calls this at boot, and do nothing else")
    boolean unit;

    @Option(
            names = "--halt",
            arity = "0..1",
            description = "End all for the host's halt; the next boot brings it back")
    boolean halt;

    Boot(Call call) {
        this.call = call;
    }

    @Override
    public int run() throws InterruptedException {
        if (unit) {
            call.print(UNIT.formatted("/usr/bin/env kelpie", "default.target"));
            return 0;
        }
        var engine = call.engine();
        var service = call.surroundings().service();
        if (halt) {
            service.idleTime(Duration.ZERO); // a new one would bring all back
            engine.halt();
            return 0;
        }
        if (engine.isHalted()) {
            service.stop(); // the next call finds one that starts again
            return 0;
        }
        engine.awaitResumed();
        engine.containers().list().stream()
                .filter(each -> each.kind() != ContainerKind.INFRA)
                .filter(each -> each.state().running())
                .forEach(each -> call.print(each.name() + "\n"));
        return 0;
    }
}
