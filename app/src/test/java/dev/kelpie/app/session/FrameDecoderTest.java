package dev.kelpie.app.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameDecoderTest {
    private final List<ClientFrame> frames = new ArrayList<>();
    private final FrameDecoder decoder =
            new FrameDecoder(frames::add, new StartRoom(4 << 20).share());

    @Test
    void readsTheStartOfASession() {
        decoder.feed(ClientBytes.start("ps", "-a"));

        var request = ((ClientFrame.Start) frames.getFirst()).request();
        assertThat(request.arguments()).containsExactly("ps", "-a");
        assertThat(request.workingDirectory()).hasToString("/work");
        assertThat(request.environment()).containsOnlyKeys("HOME", "EMPTY");
        assertThat(request.terminals())
                .containsExactlyInAnyOrder(StandardStream.STDIN, StandardStream.STDOUT);
        assertThat(request.size()).contains(new TerminalSize(24, 80));
        assertThat(request.umask()).isEqualTo(022);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 64})
    void readsTheSameFramesHoweverTheyAreCut(int size) {
        var bytes =
                ClientBytes.bytes(out -> {
                    out.write(ClientBytes.start("x"));
                    out.write(ClientBytes.signal(2));
                    out.write(ClientBytes.end(0));
                });
        for (int at = 0; at < bytes.length; at += size) {
            decoder.feed(Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + size)));
        }

        assertThat(frames).hasSize(3);
        assertThat(frames.get(1)).isEqualTo(new ClientFrame.Signalled(Signal.INT));
        assertThat(frames.get(2)).isEqualTo(new ClientFrame.End(0, ""));
    }

    @Test
    void handsDataOnAsItComes() {
        var whole = ClientBytes.data(16, "hello");
        decoder.feed(Arrays.copyOf(whole, 11));
        assertThat(frames).hasSize(1);
        decoder.feed(Arrays.copyOfRange(whole, 11, whole.length));
        decoder.feed(ClientBytes.end(16));

        assertThat(frames).hasSize(3);
        assertThat(((ClientFrame.Bytes) frames.get(1)).bytes().remaining()).isEqualTo(3);
        assertThat(frames.get(2)).isEqualTo(new ClientFrame.End(16, ""));
    }

    @ParameterizedTest
    @ValueSource(ints = {FrameType.SIGNAL, FrameType.RESIZE, FrameType.CREDIT, FrameType.OPENED})
    void refusesALongFrameOfNumbers(int type) {
        var bytes = ClientBytes.bytes(out -> out.writeByte(type));

        assertThatThrownBy(() -> decoder.feed(concat(bytes, 65)))
                .hasMessage("frame of type " + type + " may have 64 bytes, has 65");
    }

    @Test
    void refusesALengthBeforeItReservesRoom() {
        var bytes = ClientBytes.bytes(out -> out.writeByte(FrameType.DATA));

        assertThatThrownBy(() -> decoder.feed(concat(bytes, -1)))
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining("has 4294967295");
    }

    @Test
    void refusesAStartOfMoreThanFourMebibytes() {
        var bytes = ClientBytes.bytes(out -> out.writeByte(FrameType.START));

        assertThatThrownBy(() -> decoder.feed(concat(bytes, (4 << 20) + 1)))
                .isInstanceOf(ProtocolException.class);
    }

    @Test
    void refusesCountsThatTheFrameCannotHold() {
        var bytes = ClientBytes.numbers(FrameType.START, Integer.MAX_VALUE);

        assertThatThrownBy(() -> decoder.feed(bytes)).hasMessageStartingWith("frame is too short");
    }

    @Test
    void refusesARelativeDirectory() {
        var bytes =
                ClientBytes.frame(
                        FrameType.START,
                        out -> {
                            out.writeInt(0);
                            ClientBytes.text(out, "relative");
                            out.write(new byte[4 + 1 + 4 + 4]);
                        });

        assertThatThrownBy(() -> decoder.feed(bytes)).hasMessageContaining("'relative'");
    }

    @Test
    void refusesNulBytesInArguments() {
        assertThatThrownBy(() -> decoder.feed(ClientBytes.start("a\0b")))
                .hasMessage("text holds a NUL byte");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 10, 11, 15, 16, 255})
    void refusesTypesThatAClientDoesNotSend(int type) {
        assertThatThrownBy(() -> decoder.feed(ClientBytes.numbers(type)))
                .hasMessage("unknown frame type " + type);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 65, 255})
    void refusesSignalsThatDoNotExist(int number) {
        assertThatThrownBy(() -> decoder.feed(ClientBytes.signal(number)))
                .isInstanceOf(ProtocolException.class);
    }

    @Test
    void refusesBytesAfterTheLastField() {
        assertThatThrownBy(() -> decoder.feed(ClientBytes.numbers(FrameType.CREDIT, 1, 2, 3)))
                .hasMessage("frame has 4 bytes more than it should");
    }

    @Test
    void meetsNoiseWithNothingButRefusal() {
        var random = new Random(7);
        for (int i = 0; i < 5000; i++) {
            var bytes = new byte[random.nextInt(64)];
            random.nextBytes(bytes);
            if (bytes.length > 5) {
                bytes[0] = (byte) random.nextInt(10);
                bytes[1] = 0;
                bytes[2] = 0;
                bytes[3] = 0;
            }
            feedNoise(bytes);
        }
        assertThat(frames).isNotEmpty();
    }

    private void feedNoise(byte[] bytes) {
        try {
            new FrameDecoder(frames::add, new StartRoom(4 << 20).share()).feed(bytes);
        } catch (ProtocolException e) {
            assertThat(e).hasMessageMatching("(?s).+");
        }
    }

    private static byte[] concat(byte[] bytes, int number) {
        return ClientBytes.bytes(out -> {
            out.write(bytes);
            out.writeInt(number);
        });
    }
}
