package dev.kelpie.engine.host;

import dev.kelpie.runtime.HostException;
import dev.kelpie.runtime.kernel.Mounts;
import dev.kelpie.runtime.kernel.NamespaceFiles;
import dev.kelpie.runtime.kernel.UserNamespace;
import dev.kelpie.runtime.spec.Linux.IdMapping;
import dev.kelpie.runtime.spec.Linux.IdMappings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/// Whether files of an engine can be shown with other owners: mounts that do and overlays above
/// them. Found out once, by doing it: it takes Linux 5.19, the file system's consent, and the
/// host's root.
final class MappingTrial {

    private static final System.Logger LOG = System.getLogger(MappingTrial.class.getName());
    private static final List<IdMapping> IDS = List.of(new IdMapping(0, 1 << 20, 1 << 10));

    private final Path root;
    private final ReentrantLock trying = new ReentrantLock();
    private Optional<Boolean> answer = Optional.empty();

    MappingTrial(Path root) {
        this.root = root;
    }

    boolean works() {
        trying.lock();
        try {
            if (answer.isEmpty()) {
                answer = Optional.of(UserNamespace.isInitial() && attempt());
            }
            return answer.get();
        } finally {
            trying.unlock();
        }
    }

    private boolean attempt() {
        try {
            var folder = Files.createTempDirectory(root, "mapping-trial");
            try {
                return attempt(folder);
            } finally {
                Mounts.unmountAllBelow(folder);
                RootedLayerTrees.deleteTree(folder);
            }
        } catch (IOException | HostException e) {
            LOG.log(System.Logger.Level.DEBUG, "mounts cannot change owners here", e);
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static boolean attempt(Path folder) throws IOException, InterruptedException {
        for (var name : List.of("lower", "shown", "upper", "work", "merged")) {
            Files.createDirectory(folder.resolve(name));
        }
        var namespaces = folder.resolve("ns");
        NamespaceFiles.create(namespaces, "trial", Map.of(), Optional.of(new IdMappings(IDS, IDS)));
        try {
            var shown = folder.resolve("shown");
            var users = namespaces.resolve("user");
            if (!Mounts.bindMapped(folder.resolve("lower"), shown, users, false)) {
                return false;
            }
            Mounts.overlay(
                    new Mounts.Overlay(
                            List.of(shown), folder.resolve("upper"), folder.resolve("work")),
                    folder.resolve("merged"));
            return true;
        } finally {
            NamespaceFiles.delete(namespaces);
        }
    }
}
