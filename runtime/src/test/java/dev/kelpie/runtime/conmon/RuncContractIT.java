package dev.kelpie.runtime.conmon;

import dev.kelpie.runtime.oci.OciRuntime;
import dev.kelpie.runtime.oci.OciRuntimeContract;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

class RuncContractIT extends OciRuntimeContract {

    private Sandbox box;

    @BeforeEach
    void open() throws IOException, InterruptedException {
        box = new Sandbox(Optional.of("runc"));
    }

    @AfterEach
    void close() throws InterruptedException {
        box.close();
    }

    @Override
    protected OciRuntime runtime() {
        return box.runtime;
    }

    @Override
    protected String createSleeper() throws InterruptedException {
        var id = Sandbox.newId();
        box.create(id, "/bin/busybox", "sleep", "1000");
        return id;
    }
}
