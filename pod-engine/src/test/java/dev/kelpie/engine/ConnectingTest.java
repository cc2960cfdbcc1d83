package dev.kelpie.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kelpie.engine.report.NetworkAttachment;
import dev.kelpie.engine.spec.NetworkOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ConnectingTest {
    @TempDir Path directory;

    private FakeEngine engine;
    private String id = "";

    @BeforeEach
    void create() throws InterruptedException {
        engine = FakeEngine.at(directory);
        network("lan");
        id =
                engine.containers.create(
                        Specs.solo(Specs.container("web", "a")), PlayOptions.DEFAULT, _ -> {});
    }

    @AfterEach
    void close() {
        engine.close();
    }

    private void network(String name) {
        engine.networks.create(
                new NewNetwork(
                        name,
                        Optional.empty(),
                        Optional.empty(),
                        true,
                        NetworkOptions.NONE,
                        false));
    }

    private List<String> networks() {
        return engine.containers.find(id).connections().networks().stream()
                .map(NetworkAttachment::network)
                .toList();
    }

    private String hosts() throws Exception {
        return Files.readString(engine.containers.inspect(id).files().hosts());
    }

    @Test
    void joinsAtOnceWhenItRunsAndLeavesAgain() throws Exception {
        engine.containers.start(List.of(id));
        engine.networks.connect("lan", id, Map.of("alias", List.of("www")));
        assertThat(networks()).containsExactly("kelpie", "lan");
        var there = engine.containers.find(id).connections().networks().getLast();
        assertThat(there.aliases()).contains("www");
        assertThat(hosts()).contains(there.addresses().getFirst().replaceFirst("/.*", ""));
        engine.networks.disconnect("lan", id);
        assertThat(networks()).containsExactly("kelpie");
        assertThat(hosts()).doesNotContain(there.addresses().getFirst().replaceFirst("/.*", ""));
    }

    @Test
    void joinsAtItsNextStartWhenItDoesNotRun() throws InterruptedException {
        engine.networks.connect("lan", id, Map.of());
        engine.networks.disconnect("podman", id);
        assertThat(networks()).isEmpty();
        engine.containers.start(List.of(id));
        assertThat(networks()).containsExactly("lan");
    }

    @Test
    void isOnNoneWhenItHasLeftTheLast() throws InterruptedException {
        engine.networks.disconnect("kelpie", id);
        engine.containers.start(List.of(id));
        assertThat(networks()).isEmpty();
        engine.networks.connect("lan", id, Map.of());
        assertThat(networks()).containsExactly("lan");
    }

    @Test
    void staysAsItWasWhenTheHostRefuses() throws InterruptedException {
        engine.containers.start(List.of(id));
        engine.network.failNextAttach("no room to attach");
        assertThatThrownBy(() -> engine.networks.connect("lan", id, Map.of()))
                .hasMessageContaining("attach");
        assertThat(networks()).containsExactly("kelpie");
        engine.networks.connect("lan", id, Map.of());
        assertThat(networks()).containsExactly("kelpie", "lan");
    }

    @Test
    void isJoinedByTheNextTryWhenTheFirstCouldNot() throws InterruptedException {
        var pod = engine.core.store.now().container(id).orElseThrow().pod();
        var job = Starter.whole(engine.core, engine.core.store.now().pod(pod).orElseThrow());
        engine.network.failNextAttach("no room to attach");
        engine.supervisor.starter().bringBack(job);
        assertThat(engine.network.attached()).isEmpty();
        engine.supervisor.starter().bringBack(job);
        assertThat(engine.network.attached()).containsExactly(pod);
    }

    @Test
    void knowsWhoIsOnANetworkAndWhoIsNot() throws InterruptedException {
        assertThatThrownBy(() -> engine.networks.connect("kelpie", id, Map.of()))
                .hasMessageContaining("already connected");
        assertThatThrownBy(() -> engine.networks.disconnect("lan", id))
                .hasMessageContaining("is not connected to network lan");
        engine.networks.connect("lan", id, Map.of());
        assertThatThrownBy(() -> engine.networks.connect("lan", id, Map.of()))
                .hasMessageContaining("already connected");
        assertThat(engine.networks.remove(List.of("lan"), false).getFirst().failure()).isPresent();
    }

    @Test
    void membersOfAPodHaveItsNetworks() throws InterruptedException {
        var pod = Specs.pod("shop", "b");
        engine.plays.play(List.of(pod), PlayOptions.DEFAULT, _ -> {});
        assertThatThrownBy(() -> engine.networks.connect("lan", "shop-b", Map.of()))
                .hasMessageContaining("name its infra container");
    }

    @Test
    void isSetUpOnceAndThenStarted() throws InterruptedException {
        assertThat(engine.containers.init(List.of(id)).getFirst().failure()).isEmpty();
        assertThat(engine.containers.find(id).state().status().word()).isEqualTo("initialized");
        assertThat(engine.containers.init(List.of(id)).getFirst().failure())
                .hasValueSatisfying(e ->
                        assertThat(e).hasMessageContaining("has already been created in runtime"));
        engine.containers.start(List.of(id));
        assertThat(engine.containers.find(id).state().running()).isTrue();
        assertThat(engine.runtime.calls()).filteredOn("create web-a"::equals).hasSize(1);
    }
}
