package dev.kelpie.app.command.container;

import dev.kelpie.app.call.Entry;
import java.util.List;

/// The commands of this group.
public final class ContainerCommands {
    private ContainerCommands() {}

    public static List<Entry> entries() {
        return List.of(
                Entry.of("commit", Commit.class, Commit::new, "container commit"),
                Entry.of("export", Export.class, Export::new, "container export"),
                Entry.of("attach", Attach.class, Attach::new, "container attach"),
                Entry.of("container exists", Exists.class, Exists::new),
                Entry.of("container inspect", Inspect.class, Inspect::new),
                Entry.of("container prune", Prune.class, Prune::new),
                Entry.of("cp", Cp.class, Cp::new, "container cp"),
                Entry.of("create", Create.class, Create::new, "container create").operandsLast(),
                Entry.of("debug", Debug.class, Debug::new),
                Entry.of("diff", Diff.class, Diff::new, "container diff"),
                Entry.of("exec", Exec.class, Exec::new, "container exec").operandsLast(),
                Entry.of("healthcheck run", HealthcheckRun.class, HealthcheckRun::new),
                Entry.of("init", Init.class, Init::new, "container init"),
                Entry.of("kill", Kill.class, Kill::new, "container kill"),
                Entry.of("logs", Logs.class, Logs::new, "container logs"),
                Entry.of("pause", Pause.class, Pause::new, "container pause"),
                Entry.of("port", Port.class, Port::new, "container port"),
                Entry.of("ps", Ps.class, Ps::new, "container ps", "container ls", "container list"),
                Entry.of("rename", Rename.class, Rename::new, "container rename"),
                Entry.of("restart", Restart.class, Restart::new, "container restart"),
                Entry.of("rm", Rm.class, Rm::new, "container rm"),
                Entry.of("run", Run.class, Run::new, "container run").operandsLast(),
                Entry.of("start", Start.class, Start::new, "container start"),
                Entry.of("stop", Stop.class, Stop::new, "container stop"),
                Entry.of("unpause", Unpause.class, Unpause::new, "container unpause"),
                Entry.of("update", Update.class, Update::new, "container update"),
                Entry.of("wait", Wait.class, Wait::new, "container wait"));
    }
}
