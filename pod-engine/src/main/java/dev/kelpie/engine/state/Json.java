package dev.kelpie.engine.state;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import com.fasterxml.jackson.databind.util.StdConverter;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.kelpie.engine.fault.StateException;
import dev.kelpie.engine.spec.Confinement;
import dev.kelpie.engine.spec.Downward;
import dev.kelpie.engine.spec.EnvSource;
import dev.kelpie.engine.spec.Handler;
import dev.kelpie.engine.spec.PodNetwork;
import dev.kelpie.engine.spec.PodUsers;
import dev.kelpie.engine.spec.Security;
import dev.kelpie.engine.spec.Volume;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Rows and specs as JSON: the specs stay free of annotations, what they need stands here. What a
/// later version adds is ignored, what an earlier one lacked is empty.
public final class Json {

    private final ObjectMapper mapper;

    public Json() {
        var paths = new SimpleModule();
        paths.addSerializer(Path.class, ToStringSerializer.instance);
        paths.addDeserializer(Path.class, new PathDeserializer());
        mapper =
                JsonMapper.builder()
                        .addModule(new Jdk8Module())
                        .addModule(new JavaTimeModule())
                        .addModule(paths)
                        .addMixIn(Volume.Source.class, SourceKinds.class)
                        .addMixIn(Volume.Part.class, PartKinds.class)
                        .addMixIn(Downward.class, DownwardKinds.class)
                        .addMixIn(EnvSource.class, EnvKinds.class)
                        .addMixIn(PodNetwork.Mode.class, ModeKinds.class)
                        .addMixIn(PodUsers.class, UserKinds.class)
                        .addMixIn(Security.class, SortedCapabilities.class)
                        .addMixIn(Confinement.Seccomp.class, SeccompKinds.class)
                        .addMixIn(Confinement.AppArmor.class, AppArmorKinds.class)
                        .addMixIn(Handler.class, HandlerKinds.class)
                        .defaultPropertyInclusion(
                                JsonInclude.Value.construct(
                                        JsonInclude.Include.NON_ABSENT,
                                        JsonInclude.Include.NON_ABSENT))
                        .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
                        .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                        .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
                        .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                        .build();
        for (var type : List.of(List.class, Set.class, Map.class)) {
            mapper.configOverride(type)
                    .setSetterInfo(JsonSetter.Value.forValueNulls(Nulls.AS_EMPTY));
        }
    }

    /// One line of JSON, the same for equal values.
    public String write(Object value) {
        try {
            return mapper.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new StateException("cannot write " + value.getClass().getSimpleName(), e);
        }
    }

    public <T> T read(String json, Class<T> type) {
        try {
            return mapper.readValue(json, type);
        } catch (JsonProcessingException e) {
            throw new StateException("cannot read a " + type.getSimpleName() + " of the state", e);
        }
    }

    /// SHA-256 of a value's JSON, 64 hex digits: equal values have equal ones, today and tomorrow.
    public String hash(Object value) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of()
                    .formatHex(digest.digest(write(value).getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Volume.HostPath.class, name = "hostPath"),
        @JsonSubTypes.Type(value = Volume.EmptyDir.class, name = "emptyDir"),
        @JsonSubTypes.Type(value = Volume.Tmpfs.class, name = "tmpfs"),
        @JsonSubTypes.Type(value = Volume.Named.class, name = "named"),
        @JsonSubTypes.Type(value = Volume.SecretFile.class, name = "secretFile"),
        @JsonSubTypes.Type(value = Volume.Secret.class, name = "secret"),
        @JsonSubTypes.Type(value = Volume.ConfigMap.class, name = "configMap"),
        @JsonSubTypes.Type(value = Volume.Projected.class, name = "projected"),
        @JsonSubTypes.Type(value = Volume.Image.class, name = "image"),
        @JsonSubTypes.Type(value = Volume.Nfs.class, name = "nfs")
    })
    private interface SourceKinds {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Volume.Part.Files.class, name = "files"),
        @JsonSubTypes.Type(value = Volume.Part.Keys.class, name = "keys"),
        @JsonSubTypes.Type(value = Volume.Part.About.class, name = "about")
    })
    private interface PartKinds {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Downward.Field.class, name = "field"),
        @JsonSubTypes.Type(value = Downward.Resource.class, name = "resource")
    })
    private interface DownwardKinds {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = EnvSource.Literal.class, name = "literal"),
        @JsonSubTypes.Type(value = EnvSource.Value.class, name = "value"),
        @JsonSubTypes.Type(value = EnvSource.FromSecret.class, name = "fromSecret"),
        @JsonSubTypes.Type(value = EnvSource.AllOfSecret.class, name = "allOfSecret"),
        @JsonSubTypes.Type(value = EnvSource.FromDownward.class, name = "fromDownward"),
        @JsonSubTypes.Type(value = EnvSource.FromFile.class, name = "fromFile")
    })
    private interface EnvKinds {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = PodNetwork.Bridge.class, name = "bridge"),
        @JsonSubTypes.Type(value = PodNetwork.Host.class, name = "host"),
        @JsonSubTypes.Type(value = PodNetwork.None.class, name = "none"),
        @JsonSubTypes.Type(value = PodNetwork.OfContainer.class, name = "container")
    })
    private interface ModeKinds {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = PodUsers.Auto.class, name = "auto"),
        @JsonSubTypes.Type(value = PodUsers.KeepId.class, name = "keepId"),
        @JsonSubTypes.Type(value = PodUsers.NoMap.class, name = "noMap"),
        @JsonSubTypes.Type(value = PodUsers.Mapped.class, name = "mapped"),
        @JsonSubTypes.Type(value = PodUsers.Settled.class, name = "settled")
    })
    private interface UserKinds {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Confinement.Seccomp.Usual.class, name = "usual"),
        @JsonSubTypes.Type(value = Confinement.Seccomp.RuntimeDefault.class, name = "default"),
        @JsonSubTypes.Type(value = Confinement.Seccomp.Unconfined.class, name = "unconfined"),
        @JsonSubTypes.Type(value = Confinement.Seccomp.File.class, name = "file"),
        @JsonSubTypes.Type(value = Confinement.Seccomp.Localhost.class, name = "localhost")
    })
    private interface SeccompKinds {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Confinement.AppArmor.Usual.class, name = "usual"),
        @JsonSubTypes.Type(value = Confinement.AppArmor.RuntimeDefault.class, name = "default"),
        @JsonSubTypes.Type(value = Confinement.AppArmor.Unconfined.class, name = "unconfined"),
        @JsonSubTypes.Type(value = Confinement.AppArmor.Localhost.class, name = "localhost")
    })
    private interface AppArmorKinds {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Handler.Exec.class, name = "exec"),
        @JsonSubTypes.Type(value = Handler.HttpGet.class, name = "httpGet"),
        @JsonSubTypes.Type(value = Handler.TcpSocket.class, name = "tcpSocket"),
        @JsonSubTypes.Type(value = Handler.Grpc.class, name = "grpc"),
        @JsonSubTypes.Type(value = Handler.Sleep.class, name = "sleep")
    })
    private interface HandlerKinds {}

    /// A set has no order of its own, so equal ones would be written differently.
    @SuppressWarnings("UnusedMethod") // Jackson reads the annotations
    private interface SortedCapabilities {
        @JsonSerialize(converter = Sorted.class)
        Set<String> addCapabilities();

        @JsonSerialize(converter = Sorted.class)
        Set<String> dropCapabilities();
    }

    private static final class Sorted extends StdConverter<Set<String>, List<String>> {
        @Override
        public List<String> convert(Set<String> set) {
            return set.stream().sorted().toList();
        }
    }

    private static final class PathDeserializer extends StdDeserializer<Path> {
        private static final long serialVersionUID = 1;

        PathDeserializer() {
            super(Path.class);
        }

        @Override
        public Path deserialize(JsonParser parser, DeserializationContext context)
                throws IOException {
            return Path.of(parser.getText());
        }
    }
}
