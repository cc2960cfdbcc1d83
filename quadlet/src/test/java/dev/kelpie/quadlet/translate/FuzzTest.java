package dev.kelpie.quadlet.translate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kelpie.quadlet.translate.Outcome.Result;
import dev.kelpie.quadlet.unit.UnitFile;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Units of all types with a few characters changed, by the same chance each time.
final class FuzzTest {
    private static final int TRIES = 400;

    private static final List<String> PIECES =
            List.of(
                    "\0",
                    "\n",
                    "\\",
                    "\\\n",
                    "\"",
                    "'",
                    "[",
                    "]",
                    "[X]\n",
                    "=",
                    " ",
                    ":",
                    ",",
                    "%",
                    "%i",
                    "%%",
                    "$",
                    "@",
                    "/",
                    "..",
                    ";",
                    "#",
                    "\t",
                    "\r",
                    "\\x",
                    "\\x00",
                    "\\u12",
                    "\uFFFD",
                    "é",
                    "\uD83D",
                    "-",
                    "0",
                    "99999999999",
                    ".container",
                    ".volume",
                    "Image=",
                    "Volume=",
                    "Mount=");

    private static String whole(UnitType type) {
        return switch (type) {
            case CONTAINER ->
                    """
                    [Unit]
                    After=b.volume
                    [Container]
                    Image=localhost/i:1
                    Exec=sh -c "a 'b' \\x41" \
                      more
                    Volume=b.volume:/v:ro
                    Mount=type=bind,source=./x,"target=/a b"
                    Environment=A=1 "B=2 3"
                    AddDevice=-/dev/none:/dev/x
                    Network=host
                    PublishPort=127.0.0.1:80:80/tcp
                    ExposeHostPort=1-2
                    RemapUsers=keep-id
                    RemapUid=1
                    [Service]
                    KillMode=mixed
                    [Install]
                    Alias=a/b.service
                    WantedBy=x.target
                    """;
            case POD -> "[Pod]\nPodName=p\nPublishPort=1:2\nVolume=b.volume:/v\nIP=1.2.3.4\n";
            case KUBE -> "[Kube]\nYaml=./a.yaml\nConfigMap=%h/c.yaml\nPublishPort=1:2\n";
            case VOLUME -> "[Volume]\nDevice=/d\nType=ext4\nOptions=ro\nUser=root\nLabel=a=b\n";
            case NETWORK -> "[Network]\nSubnet=10.0.0.0/8\nGateway=10.0.0.1\nOptions=mtu=9\n";
            case BUILD -> "[Build]\nImageTag=localhost/x\nSetWorkingDirectory=unit\nFile=F\n";
            case IMAGE -> "[Image]\nImage=localhost/x\nCreds=a:b\nAllTags=yes\n";
            case ARTIFACT -> "[Artifact]\nArtifact=localhost/x\nQuiet=true\n";
        };
    }

    @ParameterizedTest
    @EnumSource(UnitType.class)
    void whateverAUnitHasInItItsNeighbourIsMade(UnitType type) {
        var random = new Random(type.group().length());
        for (int i = 0; i < TRIES; i++) {
            var text = changed(whole(type), random);
            var file = "a" + type.extension();
            var good = "[Container]\nImage=localhost/good\n";
            var all = Translated.of(file, text, "z.container", good, "b.volume", "[Volume]\n");
            assertThat(all.outcome("z.container").result()).isEqualTo(new Result.Translated());
            var outcome = all.outcome(file);
            if (outcome.result() instanceof Result.Translated) {
                var made = outcome.unit().file();
                assertThat(lines(parsed(made.text(List.of())))).isEqualTo(lines(made));
            } else if (outcome.result() instanceof Result.Refused(String reason, var _)) {
                var made = parsed(Placeholder.text(outcome.unit(), reason));
                assertThat(made.groups()).containsExactly("Unit", "Service");
            }
        }
    }

    /// What we write, systemd reads as we meant it. It takes the sign for what was no text.
    private static UnitFile parsed(String text) {
        var unit = UnitFile.parse("made", text.replace('\uFFFD', '?'));
        assertThat(unit.faults()).as(text).isEmpty();
        return unit;
    }

    private static List<String> lines(UnitFile unit) {
        return unit.groups().stream()
                .flatMap(group ->
                        unit.entries(group).stream()
                                .map(line -> group + " " + line.key() + "=" + line.value()))
                .toList();
    }

    private static String changed(String text, Random random) {
        var changed = new StringBuilder(text);
        for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
            int at = random.nextInt(changed.length() + 1);
            int end = Math.min(changed.length(), at + random.nextInt(6));
            switch (random.nextInt(3)) {
                case 0 -> changed.delete(at, end);
                case 1 -> changed.insert(at, PIECES.get(random.nextInt(PIECES.size())));
                default -> changed.insert(at, changed.substring(at, end));
            }
        }
        return changed.toString();
    }
}
