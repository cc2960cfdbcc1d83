package dev.kelpie.kubeplay.support;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kelpie.kubeplay.report.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProofsTest {

    @Test
    void eachHonouredFieldNamesATest() {
        var lacking = new ArrayList<String>();
        for (var kind : new SupportTable().kinds()) {
            collect(kind.kind(), "", kind.fields(), lacking);
        }
        assertThat(lacking).isEmpty();
    }

    private static void collect(
            String kind, String prefix, List<FieldRule> rules, List<String> lacking) {
        for (var rule : rules) {
            var path = prefix + rule.name();
            if (!rule.children().isEmpty()) {
                collect(kind, path + ".", rule.children(), lacking);
            } else if (rule.verdict() == Verdict.HONOURED && Proofs.of(kind, path).isEmpty()) {
                lacking.add(kind + "." + path);
            }
        }
    }

    @Test
    void eachNamedTestIsThere() throws IOException {
        var sources = sources();
        var missing =
                Proofs.tests()
                        .filter(test -> {
                            var parts = test.split("#", -1);
                            var source = sources.getOrDefault(parts[0], "");
                            return source.isEmpty()
                                    || (parts.length == 2
                                            && !source.contains(" " + parts[1] + "("));
                        })
                        .toList();
        assertThat(missing).isEmpty();
    }

    /// Test classes of all modules by their names.
    private static Map<String, String> sources() throws IOException {
        var sources = new HashMap<String, String>();
        for (var module : List.of("kube-play", "pod-engine", "runtime", "e2e")) {
            try (var files = Files.walk(Path.of("..", module, "src/test/java"))) {
                for (var file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
                    var name = file.getFileName().toString().replace(".java", "");
                    sources.put(name, Files.readString(file));
                }
            }
        }
        return sources;
    }
}
