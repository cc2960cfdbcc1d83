package dev.kelpie.engine.step;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import org.junit.jupiter.api.Test;

class UndoTest {

    private final ArrayList<String> taken = new ArrayList<>();

    @Test
    void takesTheLastThingBackFirst() {
        try (var undo = new Undo()) {
            undo.add("one", () -> taken.add("one"));
            undo.add("two", () -> taken.add("two"));
        }
        assertThat(taken).containsExactly("two", "one");
    }

    @Test
    void takesNothingBackOnceKept() {
        try (var undo = new Undo()) {
            undo.add("one", () -> taken.add("one"));
            undo.keep();
        }
        assertThat(taken).isEmpty();
    }

    @Test
    void goesOnWhenOneStepCannotBeTakenBack() {
        try (var undo = new Undo()) {
            undo.add("one", () -> taken.add("one"));
            undo.add(
                    "two",
                    () -> {
                        throw new IllegalStateException("cannot");
                    });
        }
        assertThat(taken).containsExactly("one");
    }

    @Test
    void keepsAnInterruptForTheEnd() {
        Thread.currentThread().interrupt();
        try (var undo = new Undo()) {
            undo.add("one", () -> Thread.sleep(1));
            undo.add("two", () -> taken.add("two"));
        }
        assertThat(Thread.interrupted()).isTrue();
        assertThat(taken).containsExactly("two");
    }
}
