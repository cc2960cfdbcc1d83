package dev.kelpie.image.store;

import dev.kelpie.image.BadImageException;
import dev.kelpie.image.spec.Digest;
import dev.kelpie.image.spec.ImageConfig;
import dev.kelpie.image.spec.Manifest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/// The layers of one image on their way to disk. Threads may unpack them at the same time as long
/// as lower ones are begun first; each waits for those below only at its end.
public final class Unpacking {

    private final LayerStore layers;
    private final Manifest manifest;
    private final List<Digest> diffIds;
    private final List<Digest> chainIds;
    private final List<CountDownLatch> done = new ArrayList<>();
    private final String what;
    private final Lease lease;

    Unpacking(LayerStore layers, Manifest manifest, ImageConfig config, String what, Lease lease) {
        if (manifest.layers().size() != config.diffIds().size()) {
            throw new BadImageException(
                    what
                            + " has "
                            + manifest.layers().size()
                            + " layers, but its configuration names "
                            + config.diffIds().size());
        }
        if (manifest.layers().size() > ImageJson.MOST_LAYERS) {
            throw new BadImageException(what + " has more layers than " + ImageJson.MOST_LAYERS);
        }
        this.layers = layers;
        this.manifest = manifest;
        this.diffIds = config.diffIds();
        this.chainIds = config.chainIds();
        this.what = what;
        this.lease = lease;
        chainIds.forEach(any -> done.add(new CountDownLatch(1)));
    }

    /// Whether layer `number` (lowest is 0) is unpacked already.
    public boolean has(int number) {
        return layers.has(chainIds.get(number), lease);
    }

    /// Unpacks layer `number`, whose blob is here, verifies it, and waits for the ones below; false
    /// when somebody else had done it by then.
    public boolean layer(int number) throws InterruptedException {
        var unpacked =
                layers.unpack(
                        chainIds.get(number),
                        new LayerStore.Layer(
                                manifest.layers().get(number),
                                diffIds.get(number),
                                what + ": layer " + manifest.layers().get(number).digest()),
                        () -> below(number),
                        lease);
        done.get(number).countDown();
        return unpacked;
    }

    /// Says that layer `number` is there without unpacking it.
    public void present(int number) {
        done.get(number).countDown();
    }

    private List<Path> below(int number) throws InterruptedException {
        var lowers = new ArrayList<Path>();
        for (var i = number - 1; i >= 0; i--) {
            done.get(i).await();
            lowers.add(layers.diff(chainIds.get(i)));
        }
        return lowers;
    }
}
