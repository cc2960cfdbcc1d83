package dev.kelpie.quadlet.translate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kelpie.quadlet.translate.Outcome.Result;
import dev.kelpie.quadlet.unit.UnitFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// Unit files given as text, translated; for tests.
final class Translated {
    static final String TOOL = "/usr/bin/kelpie";

    private final Map<String, Outcome> outcomes = new LinkedHashMap<>();

    /// @param namesAndTexts file name, text, file name, text
    Translated(boolean user, String... namesAndTexts) {
        var units = new ArrayList<Unit>();
        for (int i = 0; i < namesAndTexts.length; i += 2) {
            var path = "/units/" + namesAndTexts[i];
            units.add(
                    new Unit(
                            UnitName.parse(namesAndTexts[i]).orElseThrow(),
                            Path.of(path),
                            UnitFile.parse(path, namesAndTexts[i + 1])));
        }
        var settings = new Settings(TOOL, user, new FakeHost());
        for (var outcome : new Translation(new Units(units), settings).run()) {
            outcomes.put(outcome.unit().name().file(), outcome);
        }
    }

    static Translated of(String... namesAndTexts) {
        return new Translated(false, namesAndTexts);
    }

    Outcome outcome(String file) {
        return Optional.ofNullable(outcomes.get(file)).orElseThrow();
    }

    UnitFile unit(String file) {
        assertThat(outcome(file).result()).isEqualTo(new Result.Translated());
        return outcome(file).unit().file();
    }

    String reason(String file) {
        assertThat(outcome(file).result()).isInstanceOf(Result.Refused.class);
        return ((Result.Refused) outcome(file).result()).reason();
    }

    List<String> all(String file, String group, String key) {
        return unit(file).section(group, _ -> {}).all(key);
    }

    /// The only command of a key, without the tool.
    String command(String file, String key) {
        var commands = all(file, "Service", key);
        assertThat(commands).as(key + " of " + file).hasSize(1);
        assertThat(commands.getFirst()).startsWith(TOOL + " ");
        return commands.getFirst().substring(TOOL.length() + 1);
    }

    String start(String file) {
        return command(file, "ExecStart");
    }

    /// A host with /dev/null and root, and nothing else.
    static final class FakeHost implements Host {
        @Override
        public boolean exists(String path) {
            return path.equals("/dev/null");
        }

        @Override
        public OptionalLong userId(String name) {
            var number = Numbers.parse(name);
            return number.isPresent() || !name.equals("root") ? number : OptionalLong.of(0);
        }

        @Override
        public OptionalLong groupId(String name) {
            return userId(name);
        }
    }
}
