package dev.kelpie.engine.sandbox;

import dev.kelpie.engine.state.ContainerRow;
import dev.kelpie.runtime.spec.Mount;
import java.util.ArrayList;
import java.util.List;

/// File systems in memory that the OCI runtime makes for one container and that go with it.
final class MemoryMounts {

    private final EngineFiles files;

    MemoryMounts(EngineFiles files) {
        this.files = files;
    }

    /// The container's root is mounted.
    Mount mount(ContainerRow container, String target, List<String> options) {
        if (!options.contains(UsersVolumes.WORD)) {
            return new Mount(target, "tmpfs", "tmpfs", options);
        }
        var all = new ArrayList<>(options);
        all.remove(UsersVolumes.WORD);
        var user = UsersVolumes.user(files, container);
        all.add("uid=" + user.user());
        all.add("gid=" + user.group());
        return new Mount(target, "tmpfs", "tmpfs", all);
    }
}
