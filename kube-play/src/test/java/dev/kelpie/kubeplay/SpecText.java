package dev.kelpie.kubeplay;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import com.fasterxml.jackson.databind.type.TypeFactory;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.kelpie.engine.spec.Confinement;
import dev.kelpie.engine.spec.Downward;
import dev.kelpie.engine.spec.EnvSource;
import dev.kelpie.engine.spec.Handler;
import dev.kelpie.engine.spec.LateEnv;
import dev.kelpie.engine.spec.PodNetwork;
import dev.kelpie.engine.spec.Volume;
import dev.kelpie.kubeplay.report.Verdict;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// Pods and notes as stable JSON text.
final class SpecText {

    private SpecText() {}

    /// Which of the alternatives it is.
    @JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME, property = "is")
    private interface Typed {}

    /// Leaves out what says nothing: Jackson asks `equals` whether to.
    private static final class NoneIsNothing {
        @Override
        public boolean equals(Object other) {
            return LateEnv.NONE.equals(other);
        }

        @Override
        public int hashCode() {
            return 0;
        }
    }

    /// Sets in an order that does not change from run to run.
    private static final class SortedSets extends StdSerializer<Set<?>> {
        private static final long serialVersionUID = 1;

        SortedSets() {
            super(TypeFactory.defaultInstance().constructCollectionType(Set.class, Object.class));
        }

        @Override
        public void serialize(Set<?> set, JsonGenerator json, SerializerProvider provider)
                throws IOException {
            json.writePOJO(List.copyOf(new TreeSet<>(set)));
        }

        @Override
        public boolean isEmpty(SerializerProvider provider, Set<?> set) {
            return set.isEmpty();
        }
    }

    private static JsonMapper mapper() {
        var mapper =
                JsonMapper.builder()
                        .addModules(new Jdk8Module(), new JavaTimeModule())
                        .enable(SerializationFeature.INDENT_OUTPUT)
                        .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
                        .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
                        .addMixIn(PodNetwork.Mode.class, Typed.class)
                        .addMixIn(EnvSource.class, Typed.class)
                        .addMixIn(Volume.Source.class, Typed.class)
                        .addMixIn(Handler.class, Typed.class)
                        .addMixIn(Volume.Part.class, Typed.class)
                        .addMixIn(Downward.class, Typed.class)
                        .addMixIn(Confinement.Seccomp.class, Typed.class)
                        .addMixIn(Confinement.AppArmor.class, Typed.class)
                        .addModule(new SimpleModule().addSerializer(new SortedSets()))
                        .defaultPropertyInclusion(
                                JsonInclude.Value.construct(
                                        JsonInclude.Include.NON_EMPTY,
                                        JsonInclude.Include.NON_EMPTY))
                        .build();
        mapper.configOverride(LateEnv.class)
                .setInclude(
                        JsonInclude.Value.construct(
                                        JsonInclude.Include.CUSTOM, JsonInclude.Include.ALWAYS)
                                .withValueFilter(NoneIsNothing.class));
        return mapper;
    }

    static String of(Playable playable) throws JsonProcessingException {
        var shown = new LinkedHashMap<String, Object>();
        shown.put("pods", playable.pods());
        if (!playable.services().isEmpty()) {
            shown.put("services", playable.services());
        }
        if (!playable.crons().isEmpty()) {
            shown.put("crons", playable.crons());
        }
        shown.put(
                "notes",
                playable.notes().stream()
                        .filter(note -> note.verdict() != Verdict.HONOURED)
                        .map(Object::toString)
                        .toList());
        return mapper().writeValueAsString(shown) + "\n";
    }
}
