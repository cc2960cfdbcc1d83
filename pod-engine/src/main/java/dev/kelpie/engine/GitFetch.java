package dev.kelpie.engine;

import dev.kelpie.engine.fault.EngineIoException;
import dev.kelpie.engine.fault.InvalidRequestException;
import dev.kelpie.engine.host.RootedLayerTrees;
import dev.kelpie.runtime.Command;
import dev.kelpie.runtime.CommandFailedException;
import dev.kelpie.runtime.Programs;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Fetches one commit with the host's git: `URL#REF`, or the remote's default branch.
record GitFetch(String address, Path target) {

    private static final Duration LONGEST = Duration.ofMinutes(10);

    void run(boolean keepGit) throws InterruptedException {
        if (Programs.find("git").isEmpty()) {
            throw new InvalidRequestException(
                    "cannot fetch '" + address + "': git is not installed (apt-get install git)");
        }
        var hash = address.indexOf('#');
        var url = hash < 0 ? address : address.substring(0, hash);
        var fragment = hash < 0 ? "" : address.substring(hash + 1);
        var ref = fragment.replaceFirst(":.*$", "");
        if (url.startsWith("-") || ref.startsWith("-")) {
            throw new InvalidRequestException("not a git address: '" + address + "'");
        }
        try {
            git(List.of("init", "--quiet", "."));
            git(List.of("fetch", "--quiet", "--depth=1", url, ref.isEmpty() ? "HEAD" : ref));
            git(List.of("checkout", "--quiet", "--detach", "FETCH_HEAD"));
        } catch (CommandFailedException e) {
            throw new InvalidRequestException("cannot fetch '" + address + "': " + e.getMessage());
        }
        if (!keepGit) {
            forgetHistory();
        }
    }

    private void forgetHistory() {
        try {
            new RootedLayerTrees().delete(target.resolve(".git"));
        } catch (IOException e) {
            throw new EngineIoException("cannot tidy '" + target + "'", e);
        }
    }

    private void git(List<String> words) throws InterruptedException {
        var argv = new ArrayList<>(List.of("git", "-C", target.toString()));
        // nothing that a repository says may run a program
        argv.addAll(List.of("-c", "core.hooksPath=/dev/null", "-c", "protocol.ext.allow=never"));
        argv.addAll(words);
        Command.of(argv)
                .withTimeout(LONGEST)
                .withEnvironment("GIT_TERMINAL_PROMPT", "0")
                .withEnvironment("GIT_CONFIG_NOSYSTEM", "1")
                .run();
    }
}
