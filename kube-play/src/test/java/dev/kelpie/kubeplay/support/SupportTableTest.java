package dev.kelpie.kubeplay.support;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kelpie.kubeplay.report.Verdict;
import dev.kelpie.kubeplay.schema.FieldType;
import dev.kelpie.kubeplay.schema.FieldType.ListOf;
import dev.kelpie.kubeplay.schema.FieldType.MapOf;
import dev.kelpie.kubeplay.schema.FieldType.Simple;
import dev.kelpie.kubeplay.schema.FieldType.Structure;
import dev.kelpie.kubeplay.schema.ModelClasses;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SupportTableTest {

    private final SupportTable table = new SupportTable();
    private final ModelClasses models = new ModelClasses();
    private final List<String> wrong = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Pod",
                "Deployment",
                "ReplicaSet",
                "ReplicationController",
                "StatefulSet",
                "DaemonSet",
                "Job",
                "CronJob",
                "Service",
                "ConfigMap",
                "Secret",
                "PersistentVolumeClaim",
                "PersistentVolume"
            })
    void hasARuleForEachFieldOfTheModel(String kind) {
        compare(kind, table.kind(kind).orElseThrow().root(), models.ofKind(kind).orElseThrow());
        assertThat(wrong).isEmpty();
    }

    private void compare(String path, FieldRule rule, FieldType type) {
        switch (type) {
            case Structure structure -> compareFields(path, rule, structure);
            case ListOf(FieldType item) -> compare(path, rule, item);
            case MapOf _, Simple _ -> {}
        }
    }

    private void compareFields(String path, FieldRule rule, Structure structure) {
        var fields = models.fields(structure);
        if (rule.children().isEmpty()) {
            if (rule.verdict() == Verdict.HONOURED) {
                wrong.add(path + " is honoured, but not field by field");
            }
            return;
        }
        for (var child : rule.children()) {
            if (!fields.containsKey(child.name())) {
                wrong.add(path + "." + child.name() + " is no field of the model");
            }
        }
        for (var field : fields.entrySet()) {
            var name = path + "." + field.getKey();
            rule.child(field.getKey())
                    .ifPresentOrElse(
                            child -> compare(name, child, field.getValue()),
                            () -> wrong.add(name + " has no rule"));
        }
    }
}
