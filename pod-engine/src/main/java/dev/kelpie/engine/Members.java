package dev.kelpie.engine;

import dev.kelpie.engine.fault.InvalidRequestException;
import dev.kelpie.engine.fault.NameInUseException;
import dev.kelpie.engine.fault.PodNotFoundException;
import dev.kelpie.engine.report.ContainerKind;
import dev.kelpie.engine.report.EngineEvent;
import dev.kelpie.engine.spec.PodSpec;
import dev.kelpie.engine.spec.Volume;
import dev.kelpie.engine.state.Change;
import dev.kelpie.engine.state.ContainerRow;
import dev.kelpie.engine.state.Phase;
import dev.kelpie.engine.state.PodRow;
import dev.kelpie.engine.state.VolumeRow;
import dev.kelpie.image.Image;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// Adds containers to pods that are there.
final class Members {

    private final Core core;
    private final ImageResolver images;

    Members(Core core) {
        this.core = core;
        this.images = new ImageResolver(core.parts.images());
    }

    /// The new container's id.
    String add(PodRow pod, NewMember member, PlayOptions options, Consumer<EngineEvent> progress)
            throws InterruptedException {
        var alone =
                new PodSpec(
                        pod.spec().metadata(),
                        List.of(),
                        List.of(member.container()),
                        member.volumes(),
                        pod.spec().network(),
                        pod.spec().sharing(),
                        pod.spec().policy(),
                        pod.spec().security());
        HostDemands.check(core, List.of(alone));
        new PlayedSecrets(core).check(List.of(), List.of(alone));
        core.store.requireRoom();
        var resolved = images.resolve(List.of(alone), options.pull(), progress);
        NonRoot.check(List.of(alone), resolved);
        core.steps.at("member.intent");
        return core.store.compute(change -> enter(change, pod.id(), member, resolved));
    }

    private String enter(
            Change change,
            String podId,
            NewMember member,
            Map<dev.kelpie.engine.spec.ImageSource, Image> resolved) {
        var pod = change.now().pod(podId).orElseThrow(() -> new PodNotFoundException(podId));
        change.now()
                .containerNamed(member.container().name())
                .ifPresent(holder -> {
                    throw NameInUseException.ofContainer(holder.name(), holder.id());
                });
        var position =
                change.now().members(podId).stream()
                                .mapToInt(ContainerRow::position)
                                .max()
                                .orElse(0)
                        + 1;
        var made =
                Blueprint.container(pod, member.container(), resolved, ContainerKind.APP, position);
        var now = core.clock.instant();
        var row = made.withPhase(Phase.MADE).withLife(dev.kelpie.engine.state.Life.born(now));
        change.put(pod.withSpec(withVolumes(pod.spec(), member.volumes())));
        change.put(row);
        var occasion = new Blueprint.Occasion("", now, "");
        Blueprint.anonymous(row, occasion).forEach(change::put);
        for (var volume : member.volumes()) {
            if (volume.source() instanceof Volume.Named(String name)
                    && !change.now().volumes().containsKey(name)) {
                change.put(VolumeRow.plain(name, now, "", ""));
            }
        }
        return row.id();
    }

    private static PodSpec withVolumes(PodSpec spec, List<Volume> more) {
        var volumes = new ArrayList<>(spec.volumes());
        for (var volume : more) {
            var same = volumes.stream().filter(v -> v.name().equals(volume.name())).findFirst();
            if (same.isEmpty()) {
                volumes.add(volume);
            } else if (!same.get().equals(volume)) {
                throw new InvalidRequestException(
                        "pod '" + spec.name() + "' has another volume '" + volume.name() + "'");
            }
        }
        return spec.withVolumes(volumes);
    }
}
