package dev.kelpie.kubegenerate;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;

/// What Kubernetes cannot say of the things that are written, each once, in order.
final class Losses {
    private final SequencedSet<String> lines = new LinkedHashSet<>();

    /// Notes a loss.
    ///
    /// @param owner `pod 'web'`, `container 'db'`
    void note(String owner, String what) {
        add(owner + ": " + what);
    }

    /// One that names its owner itself.
    void add(String line) {
        lines.add(line.replaceAll("\\p{Cntrl}", "?"));
    }

    List<String> lines() {
        return List.copyOf(lines);
    }

    /// The comments above the documents.
    String header() {
        if (lines.isEmpty()) {
            return "";
        }
        var text = new ArrayList<String>();
        text.add("# Not in this file, or only nearly, since Kubernetes has no words for it:");
        lines.forEach(line -> text.add("# - " + line));
        return String.join("\n", text) + "\n";
    }
}
