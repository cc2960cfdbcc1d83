package dev.kelpie.kubeplay.schema;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.kelpie.kubeplay.schema.FieldType.ListOf;
import dev.kelpie.kubeplay.schema.FieldType.MapOf;
import dev.kelpie.kubeplay.schema.FieldType.Simple;
import dev.kelpie.kubeplay.schema.FieldType.Structure;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.ReplicationController;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.lang.reflect.Field;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/// The fields of the model classes by their names on the wire, read once per class and only when a
/// document gets there. Safe for all threads.
public final class ModelClasses {

    private static final String MODEL_PACKAGE = "io.fabric8.kubernetes.api.model";
    private static final Map<String, Class<?>> KINDS =
            Map.ofEntries(
                    Map.entry("Pod", Pod.class),
                    Map.entry("Deployment", Deployment.class),
                    Map.entry("ReplicaSet", ReplicaSet.class),
                    Map.entry("ReplicationController", ReplicationController.class),
                    Map.entry("StatefulSet", StatefulSet.class),
                    Map.entry("DaemonSet", DaemonSet.class),
                    Map.entry("Job", Job.class),
                    Map.entry("CronJob", CronJob.class),
                    Map.entry("ConfigMap", ConfigMap.class),
                    Map.entry("Secret", Secret.class),
                    Map.entry("PersistentVolumeClaim", PersistentVolumeClaim.class),
                    Map.entry("PersistentVolume", PersistentVolume.class),
                    Map.entry("Service", Service.class));
    private static final Map<Type, Simple> SIMPLE =
            Map.of(
                    String.class, Simple.STRING,
                    Integer.class, Simple.INT32,
                    Long.class, Simple.INT64,
                    Double.class, Simple.NUMBER,
                    Boolean.class, Simple.BOOLEAN,
                    Object.class, Simple.ANY,
                    IntOrString.class, Simple.INT_OR_STRING,
                    io.fabric8.kubernetes.api.model.Quantity.class, Simple.QUANTITY);

    private final Map<Class<?>, SequencedMap<String, FieldType>> fields = new ConcurrentHashMap<>();

    /// The model of a kind, where there is one.
    public Optional<Structure> ofKind(String kind) {
        return Optional.ofNullable(KINDS.get(kind)).map(Structure::new);
    }

    /// The fields of an object, in alphabetical order; empty for one whose content is free.
    public SequencedMap<String, FieldType> fields(Structure structure) {
        return fields.computeIfAbsent(structure.model(), ModelClasses::declared);
    }

    private static SequencedMap<String, FieldType> declared(Class<?> model) {
        var found = new TreeMap<String, FieldType>();
        for (Field field : model.getDeclaredFields()) {
            var name = field.getAnnotation(JsonProperty.class);
            if (name != null) {
                found.put(
                        name.value().isEmpty() ? field.getName() : name.value(),
                        type(field.getGenericType()));
            }
        }
        return Collections.unmodifiableSequencedMap(found);
    }

    private static FieldType type(Type type) {
        var simple = SIMPLE.get(type);
        if (simple != null) {
            return simple;
        }
        if (type instanceof ParameterizedType generic) {
            var arguments = generic.getActualTypeArguments();
            if (generic.getRawType() == List.class) {
                return new ListOf(type(arguments[0]));
            }
            if (generic.getRawType() == Map.class) {
                return new MapOf(type(arguments[1]));
            }
        }
        return type instanceof Class<?> model && model.getPackageName().startsWith(MODEL_PACKAGE)
                ? structure(model)
                : Simple.ANY;
    }

    /// Classes without fields of their own (`FieldsV1`, raw extensions) may hold anything.
    private static FieldType structure(Class<?> model) {
        for (Field field : model.getDeclaredFields()) {
            if (field.isAnnotationPresent(JsonProperty.class)) {
                return new Structure(model);
            }
        }
        return Simple.ANY;
    }
}
