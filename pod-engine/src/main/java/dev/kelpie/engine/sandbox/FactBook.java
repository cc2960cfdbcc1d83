package dev.kelpie.engine.sandbox;

import dev.kelpie.engine.fault.EngineIoException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The facts of each container that the OCI runtime has made in this boot: files under the run
/// root, and in memory, since only this process writes them.
public final class FactBook {

    private final EngineFiles files;
    private final Map<String, RunFacts> known = new ConcurrentHashMap<>();

    public FactBook(EngineFiles files) {
        this.files = files;
    }

    /// Reads what an earlier process of this boot left for this container.
    public void recall(String container) {
        try {
            RunFacts.parse(Files.readString(files.facts(container)))
                    .ifPresent(facts -> known.put(container, facts));
        } catch (IOException _) {
            known.remove(container); // never made, or not to its end
        }
    }

    /// Whether no container has a process.
    public boolean isEmpty() {
        return known.isEmpty();
    }

    public Optional<RunFacts> find(String container) {
        return Optional.ofNullable(known.get(container));
    }

    public void write(String container, RunFacts facts) {
        var file = files.facts(container);
        var temporary = Path.of(file + ".new");
        try {
            Files.writeString(temporary, facts.toText());
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new EngineIoException("cannot write '" + file + "'", e);
        }
        known.put(container, facts);
    }

    public void forget(String container) {
        known.remove(container);
        try {
            Files.deleteIfExists(files.facts(container));
        } catch (IOException e) {
            throw new EngineIoException("cannot delete '" + files.facts(container) + "'", e);
        }
    }
}
