package dev.kelpie.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class InParallelTest {

    @Test
    void givesResultsInTheOrderOfTheTasks() throws InterruptedException {
        var second = new CountDownLatch(1);
        List<Callable<String>> tasks =
                List.of(
                        () -> {
                            second.await();
                            return "a";
                        },
                        () -> {
                            second.countDown();
                            return "b";
                        });
        assertThat(InParallel.all(tasks)).containsExactly("a", "b");
    }

    @Test
    void throwsTheFirstFailureAsItIsAndEndsTheOthers() {
        var ended = new AtomicBoolean();
        List<Callable<String>> tasks =
                List.of(
                        () -> {
                            try {
                                new CountDownLatch(1).await();
                                return "never";
                            } finally {
                                ended.set(true);
                            }
                        },
                        () -> {
                            throw new IllegalStateException("first");
                        });
        assertThatThrownBy(() -> InParallel.all(tasks))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("first");
        assertThat(ended).isTrue();
    }

    @Test
    void doesNothingForNothing() throws InterruptedException {
        InParallel.each(List.of(), _ -> new CountDownLatch(1).await());
        assertThat(InParallel.all(List.<Callable<String>>of())).isEmpty();
    }
}
