package dev.kelpie.app.command.container;

import dev.kelpie.app.call.Call;
import dev.kelpie.app.call.CommandException;
import dev.kelpie.app.call.Failures;
import dev.kelpie.app.flag.FlagException;
import dev.kelpie.app.flag.GoFlags;
import dev.kelpie.engine.spec.PodSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/// Reads the words after `run` without an engine: what they describe. What is not understood of
/// them is left out and told.
public final class RunLine {
    /// The environment of who converts is not that of what is converted.
    private static final String OWN_WORDS_ONLY = "--http-proxy=false";

    /// Nobody's container has more; each flag that fails costs a few looks at all words.
    private static final int MOST_WORDS = 10_000;

    private static final int MOST_FAILURES = 100;

    private final Call call;
    private Consumer<String> losses = _ -> {};
    private final Reader reader = new Reader();

    /// One for all lines: making it takes longer than all the rest. It puts every field back to
    /// what it was before it reads.
    private final CommandLine parser = parser(reader);

    /// @param call whose files are read
    public RunLine(Call call) {
        this.call = call;
    }

    /// The flags of `run`.
    public static CommandSpec flags() {
        return new CommandLine(new Reader()).getCommandSpec();
    }

    /// A container as it is outside any pod.
    ///
    /// @param pod that it is to run in
    public record Draft(PodSpec solo, Optional<String> pod) {}

    /// What the words describe.
    ///
    /// @param otherwise the container's name when the words have none
    /// @param losses hears of each flag that is left out
    public Draft read(List<String> words, String otherwise, Consumer<String> losses) {
        this.losses = losses;
        if (words.size() > MOST_WORDS) {
            throw new CommandException("more than " + MOST_WORDS + " words of run");
        }
        var known =
                GoFlags.parse(
                                parser.getCommandSpec(),
                                words,
                                flag -> losses.accept(flag + ": unknown flag"))
                        .forPicocli();
        int end = known.indexOf("--");
        var given = known.subList(0, end);
        var operands = known.subList(end, known.size());
        if (operands.size() < 2) {
            throw new CommandException("no image in: run " + String.join(" ", words));
        }
        try {
            return draft(given, operands, otherwise);
        } catch (FlagException | IllegalArgumentException _) {
            var sound = new Sound(operands, otherwise);
            sound.add(given);
            return draft(sound.flags, operands, otherwise);
        }
    }

    /// The flags without those that fail with the ones before them.
    private final class Sound {
        private final List<String> flags = new ArrayList<>();
        private final List<String> operands;
        private final String otherwise;
        private int failures;

        Sound(List<String> operands, String otherwise) {
            this.operands = operands;
            this.otherwise = otherwise;
        }

        /// All of them at once, or else each half by itself.
        void add(List<String> more) {
            if (more.isEmpty()) {
                return;
            }
            int before = flags.size();
            flags.addAll(more);
            try {
                draft(flags, operands, otherwise);
            } catch (FlagException | IllegalArgumentException e) {
                flags.subList(before, flags.size()).clear();
                if (more.size() == 1) {
                    leaveOut(more.getFirst(), e);
                } else {
                    add(more.subList(0, more.size() / 2));
                    add(more.subList(more.size() / 2, more.size()));
                }
            }
        }

        private void leaveOut(String flag, RuntimeException why) {
            if (++failures > MOST_FAILURES) {
                throw new CommandException("more than " + MOST_FAILURES + " flags that fail");
            }
            losses.accept(flag + ": " + Failures.text(why));
        }
    }

    private Draft draft(List<String> given, List<String> operands, String otherwise) {
        var words = new ArrayList<>(List.of(OWN_WORDS_ONLY));
        words.addAll(given);
        words.addAll(operands);
        parse(words);
        if (reader.blueprint.publishAll) {
            losses.accept("--publish-all: the ports are the image's, name them");
        }
        for (var other : reader.blueprint.mounts.volumesFrom) {
            losses.accept("--volumes-from=" + other + ": name the volumes");
        }
        var pod = reader.blueprint.identity.pod;
        var name = pod.startsWith("new:") ? pod.substring("new:".length()) : pod;
        return new Draft(
                reader.blueprint.draft(call, otherwise),
                name.isEmpty() ? Optional.empty() : Optional.of(name));
    }

    private static CommandLine parser(Reader reader) {
        var parser = new CommandLine(reader);
        parser.setExpandAtFiles(false);
        parser.setInterpolateVariables(false);
        parser.setOverwrittenOptionsAllowed(true);
        parser.setTrimQuotes(false);
        parser.setAllowOptionsAsOptionParameters(true);
        return parser;
    }

    private void parse(List<String> words) {
        try {
            parser.parseArgs(words.toArray(String[]::new));
        } catch (ParameterException e) {
            throw FlagException.syntax(Failures.text(e));
        }
    }

    /// The flags of `run`; those on how it is called count for nothing here.
    @Command
    @SuppressWarnings("UnusedVariable") // they are taken, and that is all
    private static final class Reader {
        @Mixin Blueprint blueprint = new Blueprint();

        @Option(
                names = {"-d", "--detach"},
                arity = "0..1")
        boolean detach;

        @Option(names = {"-a", "--attach"})
        List<String> attach = new ArrayList<>();

        @Option(names = "--detach-keys")
        String detachKeys = "";

        @Option(names = "--sig-proxy", arity = "0..1")
        boolean sigProxy = true;
    }
}
