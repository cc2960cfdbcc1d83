package dev.kelpie.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class UndisturbedTest {

    @Test
    void endsItsWorkBeforeAnInterruptIsThrown() throws Exception {
        var begun = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        var done = new AtomicBoolean();
        var thrown = new AtomicReference<Throwable>();
        var worker =
                Thread.ofVirtual()
                        .start(() -> {
                            try {
                                Undisturbed.run(() -> {
                                    begun.countDown();
                                    goOn.await();
                                    done.set(true);
                                });
                            } catch (InterruptedException e) {
                                assertThat(done).isTrue();
                                thrown.set(e);
                            }
                        });
        begun.await();
        worker.interrupt();
        goOn.countDown();
        worker.join();
        assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
    }

    @Test
    void throwsWhatTheWorkThrows() {
        assertThatThrownBy(() ->
                        Undisturbed.run(() -> {
                            throw new IllegalArgumentException("no");
                        }))
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessage("no");
    }
}
