package dev.kelpie.kubegenerate;

import dev.kelpie.engine.spec.Downward;
import dev.kelpie.engine.spec.EnvSource;
import dev.kelpie.engine.spec.Volume;
import io.fabric8.kubernetes.api.model.DownwardAPIProjection;
import io.fabric8.kubernetes.api.model.DownwardAPIVolumeFile;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarSource;
import io.fabric8.kubernetes.api.model.FileKeySelector;
import io.fabric8.kubernetes.api.model.ObjectFieldSelector;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceFieldSelector;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/// What containers are told of their own pod, as variables and as files.
final class DownwardMaker {
    private DownwardMaker() {}

    static EnvVar variable(String name, Downward value) {
        var source = new EnvVarSource();
        switch (value) {
            case Downward.Field field -> source.setFieldRef(field(field));
            case Downward.Resource resource -> source.setResourceFieldRef(resource(resource));
        }
        return variable(name, source);
    }

    static EnvVar variable(EnvSource.FromFile file) {
        var ref = new FileKeySelector();
        ref.setVolumeName(file.volume());
        ref.setPath(file.path());
        ref.setKey(file.key());
        if (file.optional()) {
            ref.setOptional(true);
        }
        var source = new EnvVarSource();
        source.setFileKeyRef(ref);
        return variable(file.name(), source);
    }

    private static EnvVar variable(String name, EnvVarSource source) {
        var variable = new EnvVar();
        variable.setName(name);
        variable.setValueFrom(source);
        return variable;
    }

    private static ObjectFieldSelector field(Downward.Field field) {
        var ref = new ObjectFieldSelector();
        ref.setFieldPath(field.path());
        return ref;
    }

    private static ResourceFieldSelector resource(Downward.Resource resource) {
        var ref = new ResourceFieldSelector();
        ref.setContainerName(resource.container());
        ref.setResource(resource.resource());
        if (resource.divisor() != 1000) {
            ref.setDivisor(Quantity.parse(text(resource.divisor())));
        }
        return ref;
    }

    private static String text(long thousandths) {
        return thousandths % 1000 == 0
                ? Long.toString(thousandths / 1000)
                : BigDecimal.valueOf(thousandths).toPlainString() + "m";
    }

    static DownwardAPIProjection files(List<Volume.FactFile> files, int usual) {
        var made = new DownwardAPIProjection();
        made.setItems(files.stream().map(file -> file(file, usual)).toList());
        return made;
    }

    private static DownwardAPIVolumeFile file(Volume.FactFile file, int usual) {
        var made = new DownwardAPIVolumeFile();
        made.setPath(file.path());
        Optional.of(file.mode()).filter(mode -> mode != usual).ifPresent(made::setMode);
        switch (file.value()) {
            case Downward.Field field -> made.setFieldRef(field(field));
            case Downward.Resource resource -> made.setResourceFieldRef(resource(resource));
        }
        return made;
    }
}
