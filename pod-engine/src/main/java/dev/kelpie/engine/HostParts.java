package dev.kelpie.engine;

import dev.kelpie.engine.host.HostBundles;
import dev.kelpie.engine.host.LinuxKernel;
import dev.kelpie.engine.host.RootedLayerTrees;
import dev.kelpie.engine.sandbox.NetworkChooser;
import dev.kelpie.image.Image;
import dev.kelpie.image.Images;
import dev.kelpie.image.registry.PullEvent;
import dev.kelpie.image.registry.PullOptions;
import dev.kelpie.runtime.Programs;
import dev.kelpie.runtime.cgroup.Cgroups;
import dev.kelpie.runtime.cgroup.Delegation;
import dev.kelpie.runtime.conmon.HostConmon;
import dev.kelpie.runtime.kernel.ExitWatch;
import dev.kelpie.runtime.kernel.UserNamespace;
import dev.kelpie.runtime.network.BridgeNetwork;
import dev.kelpie.runtime.network.HostLinks;
import dev.kelpie.runtime.network.NetavarkBackend;
import dev.kelpie.runtime.network.NetworkBackend;
import dev.kelpie.runtime.network.NetworkIntent;
import dev.kelpie.runtime.network.NetworkRoot;
import dev.kelpie.runtime.network.NftablesBackend;
import dev.kelpie.runtime.network.RootlessBackend;
import dev.kelpie.runtime.network.SixHost;
import dev.kelpie.runtime.network.Subnet;
import dev.kelpie.runtime.oci.OciRuntimes;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/// The real parts of this host, chosen by what it has.
record HostParts(Parts parts, Images images, ExitWatch watch, String cgroupVersion)
        implements AutoCloseable {

    static HostParts of(EngineSettings settings) throws InterruptedException {
        var where = settings.where();
        var cgroups = Cgroups.detect();
        var watch = new ExitWatch();
        var root = NetworkRoot.of(where.root(), where.runRoot());
        var images = Images.open(where.root(), new RootedLayerTrees(), settings.registries());
        var runtime = new OciRuntimes(where.runRoot()).choose();
        var parts =
                new Parts(
                        runtime,
                        new HostConmon(Programs.require("conmon", "conmon"), cgroups, watch),
                        new HostBundles(cgroups.mode(), runtime),
                        intent -> network(root, intent),
                        new HostNetworks(root),
                        new LinuxKernel(cgroups, watch, where.root(), where.runRoot()),
                        new StoredImages(images),
                        Delegation.parent().orElse("") + "/kelpie-" + root.id());
        return new HostParts(parts, images, watch, cgroups.mode().name().toLowerCase(Locale.ROOT));
    }

    private static NetworkBackend network(NetworkRoot root, NetworkIntent intent) {
        return UserNamespace.isInitial()
                ? bridges(root, intent)
                : new RootlessBackend(root, intent, HostParts::bridges);
    }

    private static NetworkBackend bridges(NetworkRoot root, NetworkIntent intent) {
        return Programs.find("nft").isPresent()
                ? new NftablesBackend(root, intent)
                : new NetavarkBackend(root, intent);
    }

    private record HostNetworks(NetworkRoot root) implements NetworkChooser {
        @Override
        public BridgeNetwork choose(String name, Collection<BridgeNetwork> taken) {
            return BridgeNetwork.choose(name, root, HostLinks.read(), taken);
        }

        @Override
        public BridgeNetwork on(Subnet subnet, String name, Collection<BridgeNetwork> taken) {
            return BridgeNetwork.on(subnet, name, root, HostLinks.read(), taken);
        }

        @Override
        public void requireFreeSix(Subnet subnet, Collection<BridgeNetwork> taken) {
            SixHost.read().requireFree(subnet, taken);
        }
    }

    private record StoredImages(Images images) implements ImageFinder {
        @Override
        public Optional<Image> find(String nameOrId) {
            return images.find(nameOrId);
        }

        @Override
        public Image pull(String name, PullOptions options, Consumer<PullEvent> events)
                throws InterruptedException {
            return images.pull(name, options, events);
        }
    }

    @Override
    public void close() {
        watch.close();
    }
}
