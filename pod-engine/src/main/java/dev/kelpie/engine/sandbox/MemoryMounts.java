package dev.kelpie.engine.sandbox;

import dev.kelpie.engine.state.ContainerRow;
import dev.kelpie.runtime.kernel.RootedDirectory;
import dev.kelpie.runtime.oci.ContainerConfig;
import dev.kelpie.runtime.oci.UserDatabase;
import dev.kelpie.runtime.spec.Mount;
import java.util.ArrayList;
import java.util.List;

/// File systems in memory that the OCI runtime makes for one container and that go with it.
final class MemoryMounts {

    /// The word for: it belongs to the container's user.
    private static final String USERS = "U";

    private final EngineFiles files;

    MemoryMounts(EngineFiles files) {
        this.files = files;
    }

    /// The container's root is mounted.
    Mount mount(ContainerRow container, String target, List<String> options) {
        if (!options.contains(USERS)) {
            return new Mount(target, "tmpfs", "tmpfs", options);
        }
        var all = new ArrayList<>(options);
        all.remove(USERS);
        try (var root = RootedDirectory.open(files.rootfs(container.id()))) {
            var user =
                    UserDatabase.read(root)
                            .resolve(
                                    container.image().process().user(),
                                    ContainerConfig.UserRules.USUAL)
                            .user();
            all.add("uid=" + user.uid());
            all.add("gid=" + user.gid());
        }
        return new Mount(target, "tmpfs", "tmpfs", all);
    }
}
