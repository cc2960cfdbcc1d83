package dev.kelpie.app.command.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kelpie.image.build.BuildEvent.StageNumber;
import org.junit.jupiter.api.Test;

class StageBoardTest {

    private static final StageNumber FIRST = new StageNumber(1, 2);
    private static final StageNumber SECOND = new StageNumber(2, 2);

    private final StringBuilder screen = new StringBuilder();
    private final StageBoard board = new StageBoard(screen::append, 20);

    private String taken() {
        var text = screen.toString().replace("\u001b[2m", "").replace("\u001b[0m", "");
        screen.setLength(0);
        return text;
    }

    @Test
    void keepsALineForEachStageBelowWhatIsPrinted() {
        board.begin(FIRST, "STEP 1/2");
        board.print("one\n");
        assertThat(taken()).isEqualTo("one\n[1/2] STEP 1/2\n");
        board.begin(SECOND, "STEP 1/1");
        board.print("two");
        assertThat(taken()).isEqualTo("\u001b[1A\u001b[Jtwo\n[1/2] STEP 1/2\n[2/2] STEP 1/1\n");
        board.end(FIRST);
        board.print("three\n");
        assertThat(taken()).isEqualTo("\u001b[2A\u001b[Jthree\n[2/2] STEP 1/1\n");
    }

    @Test
    void isGoneAtTheEnd() {
        board.begin(FIRST, "STEP 1/2");
        board.print("one\n");
        taken();
        board.clear();
        board.clear();
        assertThat(taken()).isEqualTo("\u001b[1A\u001b[J");
    }

    @Test
    void cutsLinesThatDoNotFit() {
        board.begin(FIRST, "STEP 1/2: RUN something long");
        board.print("");
        assertThat(taken()).isEqualTo("[1/2] STEP 1/2: RUN\n");
    }

    @Test
    void needsNoLineForASingleStage() {
        board.begin(new StageNumber(1, 1), "STEP 1/2");
        board.print("one\n");
        assertThat(taken()).isEqualTo("one\n");
    }
}
