package dev.kelpie.app.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TemplateTest {
    private static final String THING =
            """
            {"Id": "abc123", "Name": "web", "Size": 12, "Running": true, "Names": ["a", "b"],
             "State": {"Status": "running", "Health": {"Status": "healthy"}},
             "Labels": {"app": "shop", "io.x/tier": "front"}, "Ports": {"8080/tcp": [{"HostIp": "0.0.0.0", "HostPort": "8080"}]},
             "Empty": [], "Nothing": null, "host_ip": "127.0.0.1", "@labels": {"app": "shop"},
             "Config": {"Labels": {"only": "words"}}}
            """;

    static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    private static String render(String template) {
        return Template.parse(template).render(json(THING));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            ignoreLeadingAndTrailingWhitespace = true,
            value = {
                "{{.Name}} ~ web",
                "{{.ID}}/{{.Id}} ~ abc123/abc123",
                "{{ .State.Status | upper }} ~ RUNNING",
                "{{.State.Healthcheck.Status}} ~ healthy",
                "{{.HostIP}} ~ 127.0.0.1",
                "{{.Names}} ~ [a b]",
                "{{.Ports}} ~ map[8080/tcp:[{0.0.0.0 8080}]]",
                "{{.Labels}} ~ map[app:shop io.x/tier:front]",
                "{{.Config.Labels}} {{.Config}} ~ map[only:words] {map[only:words]}",
                "{{.Labels.app}} ~ shop",
                "{{.Labels.other}} ~ <no value>",
                "{{index .Labels \"io.x/tier\"}} ~ front",
                "{{.Label \"app\"}}{{.Label \"none\"}} ~ shop",
                "{{json .Names}} ~ [\"a\",\"b\"]",
                "{{join .Names \",\"}} ~ a,b",
                "{{if .Running}}up{{else}}down{{end}} ~ up",
                "{{if not .Running}}down{{else if eq .Size 12}}twelve{{end}} ~ twelve",
                "{{range .Names}}<{{.}}>{{end}} ~ <a><b>",
                "{{range $i, $n := .Names}}{{$i}}={{$n}};{{end}} ~ 0=a;1=b;",
                "{{range $k, $v := .Labels}}{{$k}}:{{$v}} {{end}}. ~ app:shop io.x/tier:front .",
                "{{range .Empty}}x{{else}}none{{end}} ~ none",
                "{{with .State}}{{.Status}}-{{$.Name}}{{end}} ~ running-web",
                "{{$x := .Name}}{{$x}}{{$x}} ~ webweb",
                "{{printf \"%-5s|%5d|%q|%v\" .Name .Size .Name .Names}} ~ web  |   12|\"web\"|[a b]",
                "{{len .Names}} {{len .Name}} ~ 2 3",
                "{{(index .Names 1)}} ~ b",
                "{{index (index .Ports \"8080/tcp\") 0 | json}} ~ {\"HostIp\":\"0.0.0.0\",\"HostPort\":\"8080\"}",
                "{{(index (index .Ports \"8080/tcp\") 0).HostPort}} ~ 8080",
                "{{and .Running .Name}} {{or \"\" .Name}} ~ web web",
                "{{pad .Name 1 2}}| ~ web  |",
                "{{truncate .Id 3}}{{title \"ab cd\"}} ~ abcAb Cd",
                "{{split \"a.b\" \".\" | json}} ~ [\"a\",\"b\"]",
                "a {{- /* nothing */ -}} b ~ ab",
                "{{ne .Size 3}} {{lt 1 2}} {{ge .Name \"abc\"}} ~ true true true",
                "{{slice .Id 0 3}} ~ abc",
                "{{.Nothing}} ~ <nil>",
            })
    void rendersAsGoDoes(String template, String expected) {
        assertThat(render(template).strip()).isEqualTo(expected);
    }

    @Test
    void breaksOutOfRanges() {
        assertThat(render("{{range .Names}}{{if eq . \"b\"}}{{break}}{{end}}{{.}}{{end}}"))
                .isEqualTo("a");
    }

    @Test
    void expandsTabsAndNewLinesOutsideOfActions() {
        assertThat(render("{{.Name}}\\t{{.Size}}\\n")).isEqualTo("web\t12\n");
    }

    @Test
    void refusesFieldsThatAThingDoesNotHave() {
        assertThatThrownBy(() -> render("{{.Nmae}}"))
                .isInstanceOf(FormatException.class)
                .hasMessageStartingWith("cannot find field 'Nmae', the fields are Id, Name, ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{{.Name",
                "{{if .Running}}",
                "{{end}}",
                "{{frob .Name}}",
                "{{.Name | }}",
                "{{\"open}}",
                "{{template \"x\"}}",
                "{{$undefined}}",
                "{{range .Name}}{{end}}",
                "{{index .Names 9}}",
                "{{.Name.Deeper}}",
                "{{)}}",
                "{{join .Names}}",
                "{{eq .Name .Size}}",
                "{{slice .Id 3 1}}",
                "{{99999999999999999999}}"
            })
    void refusesWhatIsMalformed(String template) {
        assertThatThrownBy(() -> render(template)).isInstanceOf(FormatException.class);
    }

    @Test
    void refusesNestingWithoutEnd() {
        var deep = "{{if .Running}}".repeat(5000);
        assertThatThrownBy(() -> render(deep)).hasMessageContaining("nested too deeply");
        assertThatThrownBy(() -> render("{{" + "(".repeat(5000) + "}}"))
                .isInstanceOf(FormatException.class);
    }

    @Test
    void knowsWhetherItWalksTheListItself() {
        assertThat(Template.parse("{{range .}}{{.Id}}{{end}}").ranges()).isTrue();
        assertThat(Template.parse("{{.Id}}").ranges()).isFalse();
    }
}
