package dev.kelpie.engine;

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
import java.util.HashMap;
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
    String add(
            PodRow pod,
            NewMember member,
            ContainerKind kind,
            PlayOptions options,
            Consumer<EngineEvent> progress)
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
        var resolved = images.resolve(List.of(alone), (_, _) -> options.pull(), progress);
        NonRoot.check(List.of(alone), resolved);
        core.steps.at("member.intent");
        return core.store.compute(change -> enter(change, kind, member, resolved));
    }

    private String enter(
            Change change,
            ContainerKind kind,
            NewMember wanted,
            Map<dev.kelpie.engine.spec.ImageSource, Image> resolved) {
        var podId = wanted.pod();
        var pod = change.now().pod(podId).orElseThrow(() -> new PodNotFoundException(podId));
        change.now()
                .containerNamed(wanted.container().name())
                .ifPresent(holder -> {
                    throw NameInUseException.ofContainer(holder.name(), holder.id());
                });
        var position =
                change.now().members(podId).stream()
                                .mapToInt(ContainerRow::position)
                                .max()
                                .orElse(0)
                        + 1;
        var member = distinct(pod.spec(), wanted, position);
        var made = Blueprint.container(pod, member.container(), resolved, kind, position);
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
        more.stream().filter(volume -> !volumes.contains(volume)).forEach(volumes::add);
        return spec.withVolumes(volumes);
    }

    /// The same member, with other names for those of its volumes whose name another volume of the
    /// pod has: each `run --pod` counts its volumes from 0.
    private static NewMember distinct(PodSpec pod, NewMember member, int position) {
        var names = new HashMap<String, String>();
        for (var volume : member.volumes()) {
            var taken =
                    pod.volumes().stream()
                            .anyMatch(v -> v.name().equals(volume.name()) && !v.equals(volume));
            names.put(volume.name(), taken ? volume.name() + "-" + position : volume.name());
        }
        var volumes =
                member.volumes().stream()
                        .map(v -> new Volume(names.getOrDefault(v.name(), v.name()), v.source()))
                        .toList();
        return new NewMember(
                member.pod(),
                member.container()
                        .withVolumeNames(names)
                        .withInherited(pod.sharing().infraSpec().mounts()),
                volumes);
    }
}
