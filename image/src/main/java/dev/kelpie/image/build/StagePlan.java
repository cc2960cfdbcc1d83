package dev.kelpie.image.build;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// One `FROM` and what follows it.
record StagePlan(
        Instruction from,
        String base,
        String name,
        Optional<String> platform,
        List<Instruction> body) {

    private static final List<String> KNOWN =
            List.of(
                    "FROM",
                    "RUN",
                    "COPY",
                    "ADD",
                    "ENV",
                    "ARG",
                    "LABEL",
                    "WORKDIR",
                    "USER",
                    "EXPOSE",
                    "ENTRYPOINT",
                    "CMD",
                    "VOLUME",
                    "STOPSIGNAL",
                    "MAINTAINER",
                    "HEALTHCHECK",
                    "SHELL",
                    "ONBUILD");

    /// Splits a Containerfile and refuses what cannot be done before anything is done.
    static List<StagePlan> split(List<Instruction> instructions, BuildArguments arguments) {
        var stages = new ArrayList<StagePlan>();
        var body = new ArrayList<Instruction>();
        for (var instruction : instructions) {
            check(instruction);
            if (instruction.keyword().equals("FROM")) {
                close(stages, body);
                stages.add(from(instruction, arguments));
            } else if (!stages.isEmpty()) {
                body.add(instruction);
            } else if (instruction.keyword().equals("ARG")) {
                declare(instruction, arguments);
            } else {
                throw instruction.error("no build stage yet: the first instruction must be FROM");
            }
        }
        close(stages, body);
        if (stages.isEmpty()) {
            throw instructions.getLast().error("there is no FROM");
        }
        return List.copyOf(stages);
    }

    private static void close(List<StagePlan> stages, List<Instruction> body) {
        if (!stages.isEmpty()) {
            var open = stages.removeLast();
            stages.add(
                    new StagePlan(
                            open.from, open.base, open.name, open.platform, List.copyOf(body)));
            body.clear();
        }
    }

    static void check(Instruction instruction) {
        var keyword = instruction.keyword();
        if (!KNOWN.contains(keyword)) {
            throw instruction.error("unknown instruction '" + keyword + "'");
        }
        if (instruction.arguments().isEmpty()
                && !keyword.equals("CMD")
                && !keyword.equals("ENTRYPOINT")) {
            throw instruction.error(keyword + " needs an argument");
        }
    }

    private static void declare(Instruction instruction, BuildArguments arguments) {
        try {
            for (var word :
                    Words.split(
                            instruction.arguments(),
                            name -> arguments.global(name).orElse(null),
                            instruction.escape())) {
                var equals = word.indexOf('=');
                arguments.declareGlobal(
                        equals < 0 ? word : word.substring(0, equals),
                        equals < 0 ? Optional.empty() : Optional.of(word.substring(equals + 1)));
            }
        } catch (IllegalArgumentException e) {
            throw instruction.error(e);
        }
    }

    /// Names of what its COPY, ADD and RUN take from elsewhere (`--from`, `--mount=from=`).
    List<String> sources() {
        var sources = new ArrayList<String>();
        for (var instruction : body) {
            if (instruction.is("COPY", "ADD", "RUN")) {
                var flags = Flags.of(instruction, Flags.known(instruction), text -> text);
                flags.get("from").ifPresent(sources::add);
                for (var mount : flags.all("mount")) {
                    MountFlag.parse(mount, instruction).from().ifPresent(sources::add);
                }
            }
        }
        return sources;
    }

    private static StagePlan from(Instruction instruction, BuildArguments arguments) {
        try {
            java.util.function.UnaryOperator<String> expand =
                    text ->
                            Words.expand(
                                    text,
                                    name -> arguments.global(name).orElse(null),
                                    instruction.escape());
            var flags = Flags.of(instruction, List.of("platform"), expand);
            var words = flags.words(instruction, expand);
            var named = words.size() == 3 && words.get(1).toUpperCase(Locale.ROOT).equals("AS");
            if (words.isEmpty() || words.getFirst().isEmpty() || (words.size() != 1 && !named)) {
                throw instruction.error(
                        "not of the form FROM IMAGE [AS NAME]: '" + flags.rest() + "'");
            }
            return new StagePlan(
                    instruction,
                    words.getFirst(),
                    named ? words.get(2).toLowerCase(Locale.ROOT) : "",
                    flags.get("platform"),
                    List.of());
        } catch (IllegalArgumentException e) {
            throw instruction.error(e);
        }
    }
}
