package dev.kelpie.app.flag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TmpfsFlagTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '>',
            value = {
                "/x > rw nosuid nodev tmpcopyup",
                "/x: > rw nosuid nodev tmpcopyup",
                "/x:size=4m,mode=700 > rw nosuid nodev tmpcopyup size=4194304 mode=700",
                "/x:ro,noexec > nosuid nodev tmpcopyup ro noexec",
                "/x:suid,dev,notmpcopyup > rw",
                "/x:uid=5,gid=6,nr_inodes=50k > rw nosuid nodev tmpcopyup uid=5 gid=6 nr_inodes=50k",
                "/x:size=10%,private,rw > nosuid nodev tmpcopyup size=10% rw",
                "/x:noexec,exec > rw nosuid nodev tmpcopyup exec",
            })
    void hasPodmansUsualOptionsAndThoseOfTheFlag(String word, String options) {
        assertThat(TmpfsFlag.parse(word).source().options()).containsExactly(options.split(" "));
    }

    @ParameterizedTest
    @CsvSource({"/x:bogus", "/x:z", "x", "/x:mode=9", "/x:size=big", "/x:uid=me", "/x:data=/etc"})
    void refusesWhatNobodyKnows(String word) {
        assertThatThrownBy(() -> TmpfsFlag.parse(word)).isInstanceOf(FlagException.class);
    }

    @Test
    void saysAgainWhatWasSaid() {
        for (var word :
                new String[] {"/x", "/x:size=1024,ro", "/x:suid", "/x:notmpcopyup", "/x:U"}) {
            var once = TmpfsFlag.parse(word);
            assertThat(TmpfsFlag.parse(once.words()).source().options())
                    .containsExactlyInAnyOrderElementsOf(once.source().options());
        }
    }
}
