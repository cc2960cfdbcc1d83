package dev.kelpie.image.build;

import java.util.List;
import java.util.Locale;

/// `ONBUILD`: instructions kept for the builds that start from the image.
final class OnBuild {

    private OnBuild() {}

    /// What is kept of one; what may not be one is refused.
    static String trigger(Instruction instruction) {
        var keyword = keyword(instruction.arguments());
        if (List.of("ONBUILD", "FROM", "MAINTAINER").contains(keyword)) {
            throw instruction.error("ONBUILD " + keyword + " is not allowed");
        }
        var text = new StringBuilder(instruction.arguments());
        for (var document : instruction.heredocs()) {
            text.append('\n').append(document.content()).append(document.name());
        }
        StagePlan.check(
                new Instruction(
                        instruction.file(),
                        instruction.line(),
                        keyword,
                        "x",
                        List.of(),
                        instruction.escape()));
        return text.toString();
    }

    /// The kept instructions of an image, to be done first by `FROM`.
    static List<Instruction> instructions(List<String> triggers, Instruction from) {
        return triggers.stream()
                .flatMap(text -> Containerfile.parse(text, from.where() + ": ONBUILD").stream())
                .peek(StagePlan::check)
                .toList();
    }

    private static String keyword(String text) {
        return text.split("\\s+", 2)[0].toUpperCase(Locale.ROOT);
    }
}
