package dev.kelpie.app.call;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kelpie.app.command.FakeSurroundings;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ListingTest {
    private static final List<Column> COLUMNS =
            List.of(new Column("POD ID", "Id"), new Column("NAME", "Name"));

    private final FakeSession session = new FakeSession();

    private static ObjectNode row(String id, String name) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("Id", id)
                .put("Name", name)
                .put("CreatedAt", "now");
    }

    private String listed(String format, boolean heading) {
        var rows = List.of(row("1a", "web"), row("2b", "db"));
        Listing.of(Optional.of(format), heading)
                .print(
                        new Call(session, FakeSurroundings.withoutEngine()),
                        COLUMNS,
                        rows,
                        () -> Listing.array(rows));
        return session.out();
    }

    @Test
    void printsItsOwnTable() {
        assertThat(listed("table", true))
                .isEqualTo("POD ID      NAME\n1a          web\n2b          db\n");
    }

    @Test
    void leavesTheHeadingOut() {
        assertThat(listed("table", false)).isEqualTo("1a          web\n2b          db\n");
    }

    @Test
    void printsATableByTemplateWithTheColumnsHeadings() {
        assertThat(listed("table {{.ID}} {{.CreatedAt}}", true))
                .isEqualTo("POD ID      CREATED AT\n1a          now\n2b          now\n");
    }

    @Test
    void printsATemplateForEachRow() {
        assertThat(listed("{{.Name}}\\t{{.ID}}", true)).isEqualTo("web\t1a\ndb\t2b\n");
    }

    @Test
    void givesARangeTheWholeList() {
        assertThat(listed("{{range .}}{{.Name}},{{end}}", true)).isEqualTo("web,db,\n");
    }

    @Test
    void printsJson() {
        assertThat(listed("json", true)).startsWith("[\n  {\n    \"Id\": \"1a\",");
    }
}
