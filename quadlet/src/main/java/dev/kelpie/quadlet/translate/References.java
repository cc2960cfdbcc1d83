package dev.kelpie.quadlet.translate;

import dev.kelpie.quadlet.translate.QuadletException.BadKeyException;
import dev.kelpie.quadlet.translate.QuadletException.MissingUnitException;

/// Resolves what units say of each other: the name is replaced by what the other unit makes, and
/// the service ordered after the other one's.
final class References {
    private final Conversion conversion;

    References(Conversion conversion) {
        this.conversion = conversion;
    }

    /// The value of `Image=`, or what its `.image` or `.build` provides.
    String image(String image) {
        if (!image.endsWith(".image") && !image.endsWith(".build")) {
            ImageNames.ambiguity(conversion.unit().name().file(), image)
                    .ifPresent(conversion::warn);
            return image;
        }
        var target =
                conversion.find(
                        "Image", image, "requested Quadlet image " + image + " was not found");
        conversion.need(target);
        return named("Image", image, target.resource());
    }

    /// The source of a mount: a path, the name of a volume, or one of the units in `extensions`.
    String storage(String key, String source, String... extensions) {
        var resolved = source.startsWith(".") ? conversion.absolute(source) : source;
        if (resolved.startsWith("/")) {
            conversion.needMountsOf(resolved);
            return resolved;
        }
        for (var extension : extensions) {
            if (resolved.endsWith(extension)) {
                var target =
                        conversion.find(
                                key,
                                resolved,
                                "requested Quadlet source " + resolved + " was not found");
                conversion.need(target);
                return named(key, resolved, target.resource());
            }
        }
        return resolved;
    }

    /// All `Volume=` as `-v`.
    void volumes(CommandLine line) {
        for (var volume : conversion.own().all("Volume")) {
            var parts = volume.split(":", 3);
            if (parts.length == 1 || parts[0].isEmpty()) {
                line.add("-v", parts[parts.length == 1 ? 0 : 1]); // there is no form with options
            } else {
                var source = storage("Volume", parts[0], ".volume", ".artifact");
                line.add("-v", source + ":" + parts[1] + options(parts));
            }
        }
    }

    private static String options(String[] parts) {
        return parts.length == 3 ? ":" + parts[2] : "";
    }

    /// All `Network=` as `--network`.
    void networks(CommandLine line) {
        for (var network : conversion.own().all("Network")) {
            if (!network.isEmpty()) {
                line.add("--network", network(network));
            }
        }
    }

    private String network(String network) {
        int colon = network.indexOf(':');
        var name = colon < 0 ? network : network.substring(0, colon);
        var options = colon < 0 ? "" : network.substring(colon);
        if (!name.endsWith(".network") && !name.endsWith(".container")) {
            return network;
        }
        var target =
                conversion.find(
                        "Network", name, "requested Quadlet unit " + name + " was not found");
        if (target.type() == UnitType.NETWORK) {
            conversion.need(target);
            return named("Network", name, target.resource()) + options;
        }
        if (!options.isEmpty()) {
            throw new BadKeyException(
                    "Network",
                    "extra options are not supported when joining another container's network");
        }
        if (target.name().equals(conversion.unit().name())) {
            throw new BadKeyException(
                    "Network", "a container cannot join its own network: " + name);
        }
        conversion.need(target);
        return "container:" + named("Network", name, target.containerNameForOthers().orElse(""));
    }

    /// `Pod=` as `--pod`; the pod then starts this container, unless told otherwise.
    void pod(CommandLine line) {
        var pod = conversion.own().text("Pod").orElse("");
        if (pod.isEmpty()) {
            return;
        }
        if (!pod.endsWith(".pod")) {
            throw new BadKeyException("Pod", "pod " + pod + " is not Quadlet based");
        }
        var target = conversion.find("Pod", pod, "quadlet pod unit " + pod + " does not exist");
        conversion.addUnit("BindsTo", target.serviceFile());
        conversion.addUnit("After", target.serviceFile());
        line.add("--pod", target.resource());
        if (conversion.own().truth("StartWithPod").orElse(true)
                && !conversion.unit().name().isTemplate()) {
            target.startedContainers().add(conversion.unit().serviceFile());
        }
    }

    private static String named(String key, String file, String resource) {
        if (resource.isEmpty()) {
            throw new MissingUnitException(key, "cannot get the resource name of " + file);
        }
        return resource;
    }
}
