package dev.kelpie.runtime.oci;

import dev.kelpie.runtime.spec.LinuxSeccomp;
import dev.kelpie.runtime.spec.Spec;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Seccomp programs that crun compiled before, given back to it. Compiling the default profile is
/// 10 of the 17 ms of processor time that `crun create` takes (1.8.1; later ones keep a cache of
/// their own). crun leaves the program in its state folder and takes one in an annotation, see
/// crun(1); other runtimes pass over it and compile the profile, which stays in the spec.
public final class CompiledSeccomp {

    private static final String ANNOTATION = "run.oci.seccomp_bpf_data";
    private static final int MOST_PROFILES = 32;

    private final Map<LinuxSeccomp, String> programs = new ConcurrentHashMap<>();

    /// The spec with the program of its profile, if that is known; never with one that came from
    /// elsewhere, which would take the profile's place.
    public Spec applied(Spec spec) {
        var annotations = new LinkedHashMap<>(spec.annotations());
        annotations.remove(ANNOTATION);
        profile(spec).map(programs::get).ifPresent(program -> annotations.put(ANNOTATION, program));
        return spec.annotatedWith(annotations);
    }

    /// Keeps what the runtime compiled for the container that was created from this spec.
    public void keep(Spec spec, OciRuntime runtime, String id) {
        var profile = profile(spec);
        if (profile.isEmpty()
                || programs.containsKey(profile.get())
                || programs.size() >= MOST_PROFILES) {
            return;
        }
        runtime.seccompProgram(id)
                .map(Base64.getEncoder()::encodeToString)
                .ifPresent(program -> programs.put(profile.get(), program));
    }

    private static Optional<LinuxSeccomp> profile(Spec spec) {
        return spec.linux().seccomp();
    }
}
