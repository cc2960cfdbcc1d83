package dev.kelpie.kubeplay.support;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kelpie.kubeplay.report.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// Whether the manifests that `EverythingIT` plays set all that is honoured.
class EveryFieldTest {

    private static final Path MANIFESTS = Path.of("../e2e/src/test/resources/everything");

    /// `ephemeralContainers` are added to pods that run, `volumeDevices` need a device of the host.
    private static final List<String> ELSEWHERE =
            List.of("ephemeralContainers", "volumeDevices", "initContainers");

    private static List<FieldRule> children(List<FieldRule> rules, String name) {
        return rules.stream()
                .filter(rule -> rule.name().equals(name))
                .findFirst()
                .orElseThrow()
                .children();
    }

    private static boolean isHonoured(FieldRule rule) {
        return rule.children().isEmpty()
                ? rule.verdict() == Verdict.HONOURED
                : rule.children().stream().anyMatch(EveryFieldTest::isHonoured);
    }

    @Test
    void manifestsSetEachHonouredFieldOfPodsAndContainers() throws IOException {
        var text =
                Files.readString(MANIFESTS.resolve("pod.yaml"))
                        + Files.readString(MANIFESTS.resolve("others.yaml"));
        var pod =
                new SupportTable()
                        .kinds().stream()
                                .filter(kind -> kind.kind().equals("Pod"))
                                .findFirst()
                                .orElseThrow()
                                .fields();
        var spec = children(pod, "spec");
        var fields = new ArrayList<>(spec);
        fields.addAll(children(spec, "containers"));
        fields.addAll(children(spec, "volumes"));
        var lacking =
                fields.stream()
                        .filter(EveryFieldTest::isHonoured)
                        .map(FieldRule::name)
                        .filter(name -> !ELSEWHERE.contains(name) && !name.equals("nfs"))
                        .filter(name ->
                                !Pattern.compile("(^|[ {])" + name + ":", Pattern.MULTILINE)
                                        .matcher(text)
                                        .find())
                        .toList();
        assertThat(lacking).isEmpty();
    }
}
