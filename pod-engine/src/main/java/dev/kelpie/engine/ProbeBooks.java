package dev.kelpie.engine;

import dev.kelpie.engine.fault.EngineIoException;
import dev.kelpie.engine.fault.StateException;
import dev.kelpie.engine.probe.ProbeBook;
import dev.kelpie.engine.sandbox.EngineFiles;
import dev.kelpie.engine.state.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// What the probes of each container's present run have found: files beside the run's other facts,
/// and in memory, since only this process writes them.
final class ProbeBooks {

    private final EngineFiles files;
    private final Json json = new Json();
    private final Map<String, ProbeBook> known = new ConcurrentHashMap<>();

    ProbeBooks(EngineFiles files) {
        this.files = files;
    }

    /// Empty before the first answer.
    ProbeBook find(String container) {
        return known.getOrDefault(container, ProbeBook.EMPTY);
    }

    /// What is known, also of an earlier process whose probes were not taken up yet.
    ProbeBook known(String container) {
        return known.containsKey(container) ? find(container) : recall(container);
    }

    /// Reads what an earlier process of this boot found.
    ProbeBook recall(String container) {
        try {
            var text = Files.readString(files.probes(container));
            var book = json.read(text, ProbeBook.class);
            known.put(container, book);
            return book;
        } catch (IOException | StateException _) {
            return find(container); // never written, or not to its end
        }
    }

    void write(String container, ProbeBook book) {
        var file = files.probes(container);
        var temporary = Path.of(file + ".new");
        known.put(container, book);
        if (!Files.isDirectory(files.runContainer(container))) {
            return; // its run is over
        }
        try {
            Files.writeString(temporary, json.write(book));
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new EngineIoException("cannot write '" + file + "'", e);
        }
    }

    void forget(String container) {
        known.remove(container);
    }
}
