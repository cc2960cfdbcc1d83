package dev.kelpie.image.build;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kelpie.image.BuildException;
import dev.kelpie.image.spec.Platform;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Whatever a Containerfile or an ignore file says, it is read or refused, in time proportional to
/// its size. More rounds: `-Dkelpie.fuzz.rounds=N`.
class ContainerfileFuzzTest {

    private static final int ROUNDS = Integer.getInteger("kelpie.fuzz.rounds", 20_000);

    private static final List<String> PIECES =
            List.of(
                    "FROM ",
                    "scratch",
                    "RUN ",
                    "COPY ",
                    "ADD ",
                    "ARG ",
                    "ENV ",
                    "ONBUILD ",
                    "HEALTHCHECK ",
                    "CMD ",
                    "SHELL ",
                    "--mount=",
                    "type=",
                    "bind",
                    "cache",
                    "secret",
                    ",",
                    "=",
                    "--from=",
                    "--chmod=",
                    "<<EOF",
                    "<<-'E'",
                    "EOF",
                    "\n",
                    "\n\n",
                    "\\\n",
                    "`\n",
                    "# escape=`\n",
                    "#",
                    "$",
                    "${",
                    "}",
                    ":-",
                    "##",
                    "%%",
                    "//",
                    "*",
                    "?",
                    "[",
                    "]",
                    "\"",
                    "'",
                    "\\",
                    "\t",
                    " ",
                    "..",
                    "/",
                    "!",
                    "**",
                    "a",
                    "é",
                    "\u0000",
                    "\r\n",
                    " AS ",
                    "0",
                    "99999999999");

    @Test
    void readsOrRefusesWhateverItIsGiven() {
        var random = new Random(4);
        for (var round = 0; round < ROUNDS; round++) {
            var text = text(random);
            try {
                var stages =
                        StagePlan.split(
                                Containerfile.parse(text, "F"),
                                new BuildArguments(Map.of("a", "b"), Platform.host()));
                assertThat(stages).isNotEmpty();
                stages.forEach(StagePlan::sources);
            } catch (BuildException e) {
                assertThat(e).message().isNotBlank();
            } catch (RuntimeException e) {
                throw new AssertionError("not refused properly: " + text, e);
            }
        }
    }

    @Test
    void anIgnoreRuleAndItsOppositeHideNothing() {
        var random = new Random(5);
        for (var round = 0; round < ROUNDS; round++) {
            var pattern = text(random).replaceAll("[\\s\u0000#!]", "");
            var path = text(random).replaceAll("[\\s\u0000]", "").replaceAll("^/+|/+$", "");
            if (pattern.isEmpty() || path.isEmpty()) {
                continue;
            }
            try {
                var rules = IgnoreRules.parse(pattern + "\n!" + pattern + "\n", "I");
                assertThat(rules.hides(path)).as("%s for %s", pattern, path).isFalse();
            } catch (BuildException e) {
                assertThat(e).message().startsWith("I:1: ");
            }
        }
    }

    private static String text(Random random) {
        var text = new StringBuilder(random.nextInt(3) > 0 ? "FROM scratch\n" : "");
        var length = random.nextInt(14);
        for (var i = 0; i < length; i++) {
            text.append(PIECES.get(random.nextInt(PIECES.size())));
        }
        return text.toString();
    }
}
