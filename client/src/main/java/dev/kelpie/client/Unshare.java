package dev.kelpie.client;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// `unshare`: a program of the host in the user namespace of the rootless engine, where the files
/// of its containers have the owners that the containers see. Needs no service.
final class Unshare {
    private static final String USAGE =
            """
            Run a command in the user namespace of the rootless engine

            Usage:
              kelpie unshare [COMMAND [ARG...]]

            Without a command it is the caller's shell. Exits with the command's status.
            """;

    private Unshare() {}

    /// Returns the program's exit status.
    static int run(EngineAddress engine, Caller caller, List<String> words) throws IOException {
        if (words.size() > 1 && (words.get(1).equals("--help") || words.get(1).equals("-h"))) {
            System.out.print(USAGE);
            return 0;
        }
        if (caller.userId() == 0) {
            throw new ClientException("please use unshare with rootless");
        }
        var command = new ArrayList<String>();
        command.add("/bin/sh");
        command.add(caller.home().resolve("rootless").toString());
        command.add("--apart");
        command.add(engine.runRoot().toString());
        if (words.size() > 1) {
            command.addAll(words.subList(1, words.size()));
        } else {
            command.add(caller.environment().getOrDefault("SHELL", "/bin/sh"));
        }
        try {
            return new ProcessBuilder(command).inheritIO().start().waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ClientException("interrupted", e);
        }
    }
}
