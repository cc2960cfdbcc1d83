package dev.kelpie.engine;

import dev.kelpie.engine.fault.InvalidRequestException;
import dev.kelpie.engine.sandbox.IdSupply;
import dev.kelpie.engine.sandbox.IdSupply.Span;
import dev.kelpie.engine.spec.ImageSource;
import dev.kelpie.engine.spec.PodSpec;
import dev.kelpie.engine.spec.PodUsers;
import dev.kelpie.engine.spec.PodUsers.IdRange;
import dev.kelpie.engine.state.PodRow;
import dev.kelpie.engine.state.State;
import dev.kelpie.image.Image;
import dev.kelpie.runtime.spec.Linux.IdMapping;
import dev.kelpie.runtime.spec.Linux.IdMappings;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// Settles which ids the users of a pod have on the host. Those of `auto` are the pod's alone until
/// it is removed.
final class PodIds {

    /// What the kubelet gives to each pod.
    private static final long USUAL = 1 << 16;

    /// Who has less than this many times the usual number gives only what is needed.
    private static final int PLENTY = 16;

    /// Podman's least.
    private static final long LEAST = 1024;

    private final State state;
    private final IdSupply supply;

    PodIds(State state, IdSupply supply) {
        this.state = state;
        this.supply = supply;
    }

    /// @param needed so many at least, where nothing else was said
    PodSpec settled(PodSpec pod, long needed) {
        var users = pod.sharing().users().map(asked -> settled(asked, needed));
        return pod.withSharing(pod.sharing().withUsers(users));
    }

    /// How many ids the users and groups that a pod names need.
    static long needed(PodSpec pod, Map<ImageSource, Image> images) {
        var largest = new ArrayList<>(List.of(LEAST));
        pod.security().fsGroup().ifPresent(group -> largest.add(group.id() + 1));
        for (var container : pod.allContainers()) {
            container.security().runAs().groups().forEach(group -> largest.add(number(group) + 1));
            var image = images.get(container.image());
            var own = image == null ? "" : image.config().config().user();
            for (var id : Processes.user(container.process().user(), own).split(":", -1)) {
                largest.add(number(id) + 1);
            }
        }
        return largest.stream().mapToLong(Long::longValue).max().orElse(LEAST);
    }

    private static long number(String id) {
        return id.matches("[0-9]{1,10}") ? Long.parseLong(id) : 0;
    }

    private PodUsers settled(PodUsers asked, long needed) {
        return switch (asked) {
            case PodUsers.Auto(var size, _) ->
                    new PodUsers.Settled(
                            asked,
                            free(
                                    supply.uids(),
                                    IdMappings::uidMappings,
                                    size.orElseGet(() -> usual(supply.uids(), needed))),
                            free(
                                    supply.gids(),
                                    IdMappings::gidMappings,
                                    size.orElseGet(() -> usual(supply.gids(), needed))));
            case PodUsers.KeepId keep -> keepId(keep);
            case PodUsers.NoMap _ -> {
                requireCaller("nomap");
                yield new PodUsers.Settled(
                        asked,
                        List.of(new IdRange(0, 1, supply.users() - 1)),
                        List.of(new IdRange(0, 1, supply.groups() - 1)));
            }
            case PodUsers.Mapped(var uids, var gids) -> new PodUsers.Settled(asked, uids, gids);
            case PodUsers.Settled done -> done;
        };
    }

    private IdSupply.Caller requireCaller(String mode) {
        return supply.caller()
                .orElseThrow(() ->
                        new InvalidRequestException(mode + " is only supported in rootless mode"));
    }

    /// For root the same ids in a namespace of its own.
    private PodUsers keepId(PodUsers.KeepId keep) {
        if (supply.caller().isEmpty()) {
            return new PodUsers.Settled(
                    keep,
                    List.of(new IdRange(0, 0, keep.size().orElse(supply.users()))),
                    List.of(new IdRange(0, 0, keep.size().orElse(supply.groups()))));
        }
        var caller = supply.caller().get();
        return new PodUsers.Settled(
                keep,
                around(keep.uid().orElse(caller.uid()), keep.size().orElse(supply.users())),
                around(keep.gid().orElse(caller.gid()), keep.size().orElse(supply.groups())));
    }

    /// The engine's root is `kept` inside, its other ids fill what is below and above.
    private static List<IdRange> around(int kept, long count) {
        var below = Math.min(kept, count - 1);
        var mappings = new ArrayList<IdRange>();
        if (below > 0) {
            mappings.add(new IdRange(0, 1, below));
        }
        mappings.add(new IdRange(kept, 0, 1));
        if (count - 1 > below) {
            mappings.add(new IdRange(kept + 1L, below + 1, count - 1 - below));
        }
        return List.copyOf(mappings);
    }

    private static long usual(List<Span> spans, long needed) {
        var all = spans.stream().mapToLong(Span::count).sum();
        return all >= PLENTY * USUAL ? Math.max(USUAL, needed) : needed;
    }

    /// The first gap that is large enough between what the other pods have.
    private List<IdRange> free(
            List<Span> spans, Function<IdMappings, List<IdMapping>> side, long size) {
        var taken =
                state.pods().values().stream()
                        .filter(PodIds::hasItsOwn)
                        .flatMap(pod -> pod.ids().stream())
                        .flatMap(ids -> side.apply(ids).stream())
                        .sorted(Comparator.comparingLong(IdMapping::hostID))
                        .toList();
        for (var span : spans) {
            long start = span.first();
            for (var other : taken) {
                if (other.hostID() + other.size() > start && other.hostID() < start + size) {
                    start = other.hostID() + other.size();
                }
            }
            if (start + size <= span.first() + span.count()) {
                return List.of(new IdRange(0, start, size));
            }
        }
        throw new InvalidRequestException(
                "no "
                        + size
                        + " user ids are left for a user namespace: remove pods, ask for fewer (auto:size=N), or"
                        + " give the user '"
                        + (supply.caller().isEmpty() ? "containers" : "you")
                        + "' more in /etc/subuid and /etc/subgid");
    }

    private static boolean hasItsOwn(PodRow pod) {
        return pod.spec()
                .sharing()
                .usersAsked()
                .filter(PodUsers.Auto.class::isInstance)
                .isPresent();
    }
}
