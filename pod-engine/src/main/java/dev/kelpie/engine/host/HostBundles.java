package dev.kelpie.engine.host;

import dev.kelpie.engine.sandbox.Bundles;
import dev.kelpie.runtime.cgroup.Cgroups;
import dev.kelpie.runtime.oci.Bundle;
import dev.kelpie.runtime.oci.CompiledSeccomp;
import dev.kelpie.runtime.oci.ContainerConfig;
import dev.kelpie.runtime.oci.ExecProcess;
import dev.kelpie.runtime.oci.HostGrants;
import dev.kelpie.runtime.oci.OciRuntime;
import dev.kelpie.runtime.oci.SeccompProfiles;
import dev.kelpie.runtime.oci.SpecBuilder;
import dev.kelpie.runtime.spec.OciProcess;
import java.nio.file.Path;

/// Bundles with the field's defaults, within what this host grants.
public final class HostBundles implements Bundles {

    private static final System.Logger LOG = System.getLogger(HostBundles.class.getName());

    private final HostGrants grants = HostGrants.ofThisHost();
    private final CompiledSeccomp compiled = new CompiledSeccomp();
    private final SpecBuilder builder;
    private final OciRuntime runtime;

    public HostBundles(Cgroups.Mode cgroups, OciRuntime runtime) {
        this.runtime = runtime;
        this.builder = new SpecBuilder(grants, new SeccompProfiles(), cgroups);
    }

    @Override
    public Written write(Path bundle, ContainerConfig config) {
        var built = builder.build(config);
        built.notes().forEach(note -> LOG.log(System.Logger.Level.DEBUG, note));
        var spec = compiled.applied(built.spec());
        new Bundle(bundle).write(spec);
        return id -> compiled.keep(spec, runtime, id);
    }

    @Override
    public OciProcess process(Path bundle, ExecProcess wanted) {
        return wanted.in(new Bundle(bundle).read(), grants);
    }
}
