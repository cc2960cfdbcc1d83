package dev.kelpie.engine;

import dev.kelpie.engine.sandbox.Bundles;
import dev.kelpie.engine.sandbox.HostKernel;
import dev.kelpie.engine.sandbox.NetworkChooser;
import dev.kelpie.runtime.conmon.Conmon;
import dev.kelpie.runtime.network.NetworkBackend;
import dev.kelpie.runtime.network.NetworkIntent;
import dev.kelpie.runtime.oci.OciRuntime;
import java.util.function.Function;

/// The parts of the host and the image store that an engine works with; tests put fakes in their
/// place.
///
/// @param cgroupParent of everything of this engine root
record Parts(
        OciRuntime runtime,
        Conmon conmon,
        Bundles bundles,
        Function<NetworkIntent, NetworkBackend> network,
        NetworkChooser networkChooser,
        HostKernel kernel,
        ImageFinder images,
        String cgroupParent) {}
