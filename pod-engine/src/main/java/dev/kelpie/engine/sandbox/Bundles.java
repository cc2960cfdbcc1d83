package dev.kelpie.engine.sandbox;

import dev.kelpie.engine.spec.Security;
import dev.kelpie.runtime.oci.ContainerConfig;
import dev.kelpie.runtime.oci.ExecProcess;
import dev.kelpie.runtime.spec.OciProcess;
import java.nio.file.Path;
import java.util.Optional;

/// Writes the OCI bundles of containers and reads them again.
public interface Bundles {

    /// Makes the bundle's directory with `config.json` in it; the root filesystem is mounted.
    Written write(Path bundle, ContainerConfig config);

    /// A further process for the container made of that bundle.
    OciProcess process(Path bundle, ExecProcess wanted);

    /// What of the wanted confinement this host cannot give, as a sentence.
    Optional<String> obstacle(Security wanted);

    /// A bundle that was just written, and wants to hear when a container was created of it.
    interface Written {
        void created(String id);
    }
}
