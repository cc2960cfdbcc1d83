package dev.kelpie.kubeplay.rules;

import dev.kelpie.engine.spec.Tuning.Device;
import java.util.Arrays;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Names of resources and annotations that mean devices of the host: `vendor.com/class=name`,
/// `podman.io/device=/dev/x`, and annotations that begin with `cdi.k8s.io/`.
public final class DeviceKeys {

    /// Before a path in place of a name.
    public static final String PATH = "podman.io/device=";

    /// Begins the keys of annotations whose values are names.
    static final String ANNOTATION = "cdi.k8s.io/";

    private static final Pattern PATHS = Pattern.compile("/[^:]*(:/[^:]*)?(:[rwm]{1,3})?");

    private DeviceKeys() {}

    /// Kubernetes has no equals sign in a name.
    public static boolean isDevice(String key) {
        return key.indexOf('=') >= 0;
    }

    /// Whether it is one in fact.
    static boolean isGood(String key) {
        return key.startsWith(PATH)
                ? PATHS.matcher(key.substring(PATH.length())).matches()
                : Device.isName(key);
    }

    /// Names of devices among annotations.
    public static Stream<String> annotated(Map<String, String> annotations) {
        return annotations.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(ANNOTATION))
                .sorted(Map.Entry.comparingByKey())
                .flatMap(entry -> names(entry.getValue()))
                .filter(Device::isName);
    }

    static Stream<String> names(String value) {
        return Arrays.stream(value.split(",", -1));
    }
}
