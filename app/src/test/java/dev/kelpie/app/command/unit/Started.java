package dev.kelpie.app.command.unit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kelpie.app.flag.GoFlags;
import dev.kelpie.quadlet.file.LocalHost;
import dev.kelpie.quadlet.translate.Outcome;
import dev.kelpie.quadlet.translate.Settings;
import dev.kelpie.quadlet.translate.Translation;
import dev.kelpie.quadlet.translate.Unit;
import dev.kelpie.quadlet.translate.UnitName;
import dev.kelpie.quadlet.translate.Units;
import dev.kelpie.quadlet.unit.UnitFile;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine;

/// What systemd starts of a unit file; for tests.
public final class Started {
    private Started() {}

    /// The words of a command after `kelpie`, as they come to it.
    ///
    /// @param key of `[Service]`
    public static List<String> words(String file, String text, String key) {
        var unit =
                new Unit(
                        UnitName.parse(file).orElseThrow(),
                        Path.of("/" + file),
                        UnitFile.parse(file, text));
        var settings = new Settings("k", false, new LocalHost());
        var outcome = new Translation(new Units(List.of(unit)), settings).run().getFirst();
        assertThat(outcome.result()).as(text).isNotInstanceOf(Outcome.Result.Refused.class);
        assertThat(outcome.warnings()).as(text).isEmpty();
        var words = outcome.unit().file().section("Service", _ -> {}).command(key);
        return words.subList(1, words.size()).stream()
                .map(word -> word.replace("%%", "%").replace("$$", "$"))
                .toList();
    }

    /// Fills a verb's fields from its words.
    public static <T> T filled(T verb, List<String> words) {
        var parser = new CommandLine(verb);
        parser.setOverwrittenOptionsAllowed(true);
        parser.setTrimQuotes(false);
        parser.setExpandAtFiles(false);
        parser.setInterpolateVariables(false);
        parser.setAllowOptionsAsOptionParameters(true);
        var given = GoFlags.parse(parser.getCommandSpec(), words, true).forPicocli();
        parser.parseArgs(given.toArray(String[]::new));
        return verb;
    }
}
