package dev.kelpie.app.command.container;

import dev.kelpie.app.call.Call;
import dev.kelpie.app.format.HumanSize;
import dev.kelpie.engine.report.ContainerSummary;
import dev.kelpie.image.Image;
import java.util.Optional;

/// What a container takes up on the disk.
///
/// @param written bytes in its own layer
/// @param whole bytes of its root: the image's and its own
record ContainerSize(long written, long whole) {

    static ContainerSize of(Call call, ContainerSummary container) throws InterruptedException {
        long written = call.engine().diskUse().ofContainer(container.id());
        var id = container.image().id();
        var image = id.isEmpty() ? Optional.<Image>empty() : call.engine().images().find(id);
        return new ContainerSize(written, written + image.map(Image::size).orElse(0L));
    }

    @Override
    public String toString() {
        return HumanSize.decimal(written, "") + " (virtual " + HumanSize.decimal(whole, "") + ")";
    }
}
