package dev.kelpie.runtime.conmon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.kelpie.runtime.cgroup.Cgroups;
import dev.kelpie.runtime.oci.Bundle;
import dev.kelpie.runtime.oci.CompiledSeccomp;
import dev.kelpie.runtime.oci.HostGrants;
import dev.kelpie.runtime.oci.SeccompProfiles;
import dev.kelpie.runtime.oci.SpecBuilder;
import dev.kelpie.runtime.spec.Spec;
import java.util.LinkedHashMap;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// With the real crun, which shows the program that it uses in its state folder.
class CompiledSeccompIT {

    private static final String ANNOTATION = "run.oci.seccomp_bpf_data";

    private final CompiledSeccomp compiled = new CompiledSeccomp();
    private Sandbox box;

    @BeforeEach
    void setUp() throws Exception {
        box = new Sandbox(Optional.empty());
        assumeTrue(box.runtime.name().startsWith("crun"), "only crun shows its program");
    }

    @AfterEach
    void tearDown() throws Exception {
        box.close();
    }

    @Test
    void theSecondContainerGetsTheFirstOnesProgram() throws Exception {
        var first = Sandbox.newId();
        var spec = create(first);
        assertThat(spec.annotations()).doesNotContainKey(ANNOTATION);
        compiled.keep(spec, box.runtime, first);
        var second = Sandbox.newId();
        assertThat(create(second).annotations()).containsKey(ANNOTATION);
        assertThat(box.runtime.seccompProgram(second))
                .hasValueSatisfying(program ->
                        assertThat(program)
                                .isEqualTo(box.runtime.seccompProgram(first).orElseThrow()));
    }

    @Test
    void theProgramFilters() throws Exception {
        var first = Sandbox.newId();
        compiled.keep(create(first), box.runtime, first);
        var second = Sandbox.newId();
        var spec = write(second, "/bin/busybox", "grep", "Seccomp", "/proc/self/status");
        assertThat(spec.annotations()).containsKey(ANNOTATION);
        var made = box.create(second);
        box.runtime.start(second);
        box.end(second, made);
        assertThat(box.log(second)).containsPattern("Seccomp:\\s+2");
    }

    @Test
    void nobodyElsesProgramIsTaken() {
        var spec = spec(Sandbox.newId(), "/bin/true");
        var foreign = new LinkedHashMap<>(spec.annotations());
        foreign.put(ANNOTATION, "BgAAAAAA/38=");
        assertThat(compiled.applied(spec.annotatedWith(foreign)).annotations())
                .doesNotContainKey(ANNOTATION);
    }

    private Spec create(String id) throws Exception {
        var spec = write(id, "/bin/busybox", "sleep", "1000");
        box.create(id);
        return spec;
    }

    private Spec write(String id, String... args) {
        var spec = compiled.applied(spec(id, args));
        new Bundle(box.files(id).bundle()).write(spec);
        return spec;
    }

    private Spec spec(String id, String... args) {
        var builder =
                new SpecBuilder(
                        HostGrants.ofThisHost(), new SeccompProfiles(), Cgroups.detect().mode());
        return builder.build(box.config(id, args)).spec();
    }
}
