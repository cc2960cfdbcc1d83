package dev.kelpie.runtime.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import org.junit.jupiter.api.Test;

class FakeOciRuntimeTest extends OciRuntimeContract {

    private final FakeOciRuntime runtime = new FakeOciRuntime();
    private final ArrayList<Integer> codes = new ArrayList<>();

    @Override
    protected OciRuntime runtime() {
        return runtime;
    }

    @Override
    protected String createSleeper() {
        runtime.create("id", "web", codes::add);
        return "id";
    }

    @Test
    void recordsCallsAndFailsOnDemand() {
        runtime.failStartOf("web");
        var id = createSleeper();
        assertThatThrownBy(() -> runtime.start(id)).hasMessageContaining("web");
        runtime.end("web", 5);
        assertThat(codes).containsExactly(5);
        assertThat(runtime.calls()).containsExactly("create web", "start web");
    }
}
