package dev.kelpie.app.command.system;

import dev.kelpie.app.call.Call;
import dev.kelpie.app.call.Verb;
import dev.kelpie.engine.report.ContainerKind;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `system boot`: for an init system to call once the host is up. Opening the engine is what brings
/// everything back; this waits for it and tells what runs.
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
            ExecStart=%s system boot

            [Install]
            WantedBy=%s
            """;

    private final Call call;

    @Option(
            names = "--unit",
            arity = "0..1",
            description = "Print a systemd unit that calls this at boot, and do nothing else")
    boolean unit;

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
        engine.awaitResumed();
        engine.containers().list().stream()
                .filter(each -> each.kind() != ContainerKind.INFRA)
                .filter(each -> each.state().running())
                .forEach(each -> call.print(each.name() + "\n"));
        return 0;
    }
}
