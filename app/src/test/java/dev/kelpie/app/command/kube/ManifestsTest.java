package dev.kelpie.app.command.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kelpie.app.call.Call;
import dev.kelpie.app.call.FakeSession;
import dev.kelpie.app.call.Surroundings;
import dev.kelpie.app.command.FakeSurroundings;
import dev.kelpie.kubeplay.Source;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ManifestsTest {
    private final Surroundings surroundings = FakeSurroundings.withoutEngine();

    private Manifests read(FakeSession session, String... operands) {
        return Manifests.read(new Call(session, surroundings), List.of(operands));
    }

    @Test
    void readsAFoldersManifestsByName() {
        var session =
                new FakeSession()
                        .withFile("shop/b.yml", "b")
                        .withFile("shop/a.yaml", "a")
                        .withFile("shop/c.json", "c")
                        .withFile("shop/.hidden.yaml", "h")
                        .withFile("shop/README.md", "r")
                        .withFile("shop/deeper/d.yaml", "d");
        var manifests = read(session, "shop/");
        assertThat(manifests.sources())
                .extracting(Source::name)
                .containsExactly("shop/a.yaml", "shop/b.yml", "shop/c.json");
        assertThat(manifests.folders()).containsExactly(Path.of("/home/tester/shop"));
        assertThat(manifests.wholeFolder()).isTrue();
    }

    @Test
    void readsStandardInputForALoneDash() {
        var manifests = read(new FakeSession().withStdin("kind: Pod"), "-");
        assertThat(manifests.sources()).containsExactly(new Source(Source.STDIN, "kind: Pod"));
    }

    @Test
    void takesADashAmongOthersForAFile() {
        var session = new FakeSession().withFile("-", "dash").withFile("a.yaml", "a");
        assertThat(read(session, "a.yaml", "-").sources())
                .extracting(Source::name)
                .containsExactly("a.yaml", "-");
    }

    @Test
    void refusesAFolderWithoutManifestsAndAddresses() {
        var session = new FakeSession().withFile("empty/README.md", "");
        assertThatThrownBy(() -> read(session, "empty"))
                .hasMessageStartingWith("no manifest in 'empty'");
        assertThatThrownBy(() -> read(session, "http://x/y.yaml"))
                .hasMessageContaining("not supported yet");
    }
}
