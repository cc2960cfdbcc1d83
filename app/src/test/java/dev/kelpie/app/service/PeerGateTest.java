package dev.kelpie.app.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PeerGateTest {
    private static final int NOBODY = 65_534;

    @TempDir private Path folder;
    private Path socket;
    private int me;

    @BeforeEach
    void makeASocketsFile() throws IOException {
        socket = Files.createFile(folder.resolve("socket"));
        me = (Integer) Files.getAttribute(socket, "unix:uid");
        mode("rw-------");
    }

    private void mode(String mode) throws IOException {
        Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString(mode));
    }

    @Test
    void admitsTheOwnerAndRoot() throws IOException {
        var gate = new PeerGate(me, true);
        assertThat(gate.admits(me, socket)).isTrue();
        assertThat(gate.admits(0, socket)).isTrue();
        assertThat(gate.admits(me + 1, socket)).isFalse();
        assertThat(gate.admits(NOBODY, socket)).isFalse();
    }

    @Test
    void admitsNobodyOfAUserNamespaceByAClosedSocketOnly() throws IOException {
        var gate = new PeerGate(me, false);
        assertThat(gate.admits(NOBODY, socket)).isTrue();
        assertThat(gate.admits(me + 1, socket)).isFalse();
        mode("rw--w----");
        assertThat(gate.admits(NOBODY, socket)).isFalse();
        mode("rw-----w-");
        assertThat(gate.admits(NOBODY, socket)).isFalse();
    }

    @Test
    void admitsNobodyBySomebodyElsesSocketNever() throws IOException {
        assertThat(new PeerGate(me + 1, false).admits(NOBODY, socket)).isFalse();
    }
}
