package dev.kelpie.app.session;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What a client says at first: the words, the place and the terminal it was started with.
record StartRequest(
        List<String> arguments,
        Path workingDirectory,
        Map<String, String> environment,
        Set<StandardStream> terminals,
        Optional<TerminalSize> size,
        int umask) {
    StartRequest {
        if (!workingDirectory.isAbsolute()) {
            throw new ProtocolException(
                    "working directory must be absolute, was '" + workingDirectory + "'");
        }
        if (umask < 0 || umask > 0777) {
            throw new ProtocolException("umask must be 0-0777, was '" + umask + "'");
        }
        arguments = List.copyOf(arguments);
        environment = Map.copyOf(environment);
        terminals = Set.copyOf(terminals);
    }

    static Set<StandardStream> terminalsOf(int bits) {
        var set = EnumSet.noneOf(StandardStream.class);
        for (var stream : StandardStream.values()) {
            if ((bits & 1 << stream.descriptor()) != 0) {
                set.add(stream);
            }
        }
        return set;
    }
}
