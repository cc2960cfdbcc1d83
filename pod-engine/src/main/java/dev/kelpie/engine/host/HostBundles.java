package dev.kelpie.engine.host;

import dev.kelpie.engine.sandbox.Bundles;
import dev.kelpie.engine.sandbox.ConfinementWords;
import dev.kelpie.engine.spec.Confinement.AppArmor;
import dev.kelpie.engine.spec.Security;
import dev.kelpie.runtime.cgroup.Cgroups;
import dev.kelpie.runtime.oci.Bundle;
import dev.kelpie.runtime.oci.CompiledSeccomp;
import dev.kelpie.runtime.oci.ContainerConfig;
import dev.kelpie.runtime.oci.ExecProcess;
import dev.kelpie.runtime.oci.HostGrants;
import dev.kelpie.runtime.oci.OciRuntime;
import dev.kelpie.runtime.oci.SeccompProfiles;
import dev.kelpie.runtime.oci.SecurityModules;
import dev.kelpie.runtime.oci.SpecBuilder;
import dev.kelpie.runtime.spec.OciProcess;
import java.nio.file.Path;
import java.util.Optional;

/// Bundles with the field's defaults, within what this host grants.
public final class HostBundles implements Bundles {

    private static final System.Logger LOG = System.getLogger(HostBundles.class.getName());

    private final HostGrants grants = HostGrants.ofThisHost();
    private final CompiledSeccomp compiled = new CompiledSeccomp();
    private final SeccompProfiles profiles = new SeccompProfiles();
    private final SpecBuilder builder;
    private final OciRuntime runtime;

    public HostBundles(Cgroups.Mode cgroups, OciRuntime runtime) {
        this.runtime = runtime;
        this.builder = new SpecBuilder(grants, profiles, cgroups);
    }

    @Override
    public Written write(Path bundle, ContainerConfig config) {
        var built = builder.build(config);
        built.notes().forEach(note -> LOG.log(System.Logger.Level.DEBUG, note));
        var spec = compiled.applied(built.spec());
        new Bundle(bundle).write(spec);
        return id -> compiled.keep(spec, runtime, id);
    }

    /// SELinux and AppArmor are asked each time: profiles are loaded while we run.
    @Override
    public Optional<String> obstacle(Security wanted) {
        var confinement = wanted.confinement();
        if (confinement.seLinux().isPresent() && !SecurityModules.ofThisHost().selinux()) {
            return Optional.of("cannot apply seLinuxOptions: SELinux is not enabled on the host");
        }
        return appArmor(confinement.appArmor())
                .or(() -> profiles.fault(ConfinementWords.seccomp(confinement.seccomp()), grants));
    }

    private static Optional<String> appArmor(AppArmor wanted) {
        var asksForNone = wanted instanceof AppArmor.Usual || wanted instanceof AppArmor.Unconfined;
        if (asksForNone) {
            return Optional.empty();
        }
        var modules = SecurityModules.ofThisHost();
        if (!modules.appArmor()) {
            return Optional.of("cannot enforce AppArmor: AppArmor is not enabled on the host");
        }
        if (wanted instanceof AppArmor.Localhost(String profile)) {
            return modules.profiles().contains(profile)
                    ? Optional.empty()
                    : Optional.of(
                            "cannot enforce AppArmor: profile '"
                                    + profile
                                    + "' is not loaded (apparmor_parser FILE loads one)");
        }
        return modules.defaultProfile().isPresent()
                ? Optional.empty()
                : Optional.of(
                        "cannot enforce AppArmor: no profile for containers is loaded, such as"
                                + " 'kelpie-default'");
    }

    @Override
    public OciProcess process(Path bundle, ExecProcess wanted) {
        return wanted.in(new Bundle(bundle).read(), bundle, grants);
    }
}
