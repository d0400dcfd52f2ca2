package io.isthmus.domain.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.domain.fault.FaultCode;
import java.util.LinkedHashMap;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class YamlEditTest {

  private static YamlNode.Mapping read(String text) {
    return (YamlNode.Mapping) new YamlReader(FaultCode.TEMPLATE_INVALID).read(text);
  }

  private static YamlNode.Scalar scalar(String text, String key) {
    return (YamlNode.Scalar) read(text).find(key).orElseThrow();
  }

  private static String replaced(String text, String key, String by) {
    YamlEdit edit = new YamlEdit(text);
    assertThat(edit.replace(scalar(text, key), by)).isTrue();
    return edit.done();
  }

  @Test
  void leavesAllElseAsItWasWritten() {
    assertThat(replaced("# héé 🐢\na:   old   # why\nb: [1,  2]\n", "a", "new"))
        .isEqualTo("# héé 🐢\na:   new   # why\nb: [1,  2]\n");
    assertThat(replaced("{\"🐢\": 1, \"a\": \"old\", \"b\": 'x'}", "a", "new"))
        .isEqualTo("{\"🐢\": 1, \"a\": \"new\", \"b\": 'x'}");
    assertThat(replaced("a: 'it''s'\r\nb: 1\r\n", "b", "2"))
        .isEqualTo("a: 'it''s'\r\nb: \"2\"\r\n");
    assertThat(replaced("a: 'it''s' # x\n", "a", "plain")).isEqualTo("a: \"plain\" # x\n");
  }

  @Test
  void keepsAnchorsSoThatAliasesFollow() {
    String text = "a: &name old\nb: *name\n";
    String edited = replaced(text, "a", "new");
    assertThat(edited).isEqualTo("a: &name new\nb: *name\n");
    assertThat(scalar(edited, "b").text()).isEqualTo("new");
  }

  @Test
  void quotesWhatWouldBeTakenForSomethingElse() {
    for (String by : new String[] {"yes", "12", "a: b", "# c", "", "1.0", "null", "a b", "- x"}) {
      YamlNode.Scalar read = scalar(replaced("a: old\n", "a", by), "a");
      assertThat(read.text()).isEqualTo(by);
      assertThat(read.type()).isEqualTo(YamlNode.Scalar.Type.TEXT);
    }
  }

  @Test
  void doesNotTouchWhatIsWrittenOverSeveralLines() {
    String text = "a: |\n  old\nb: x\n";
    YamlEdit edit = new YamlEdit(text);
    assertThat(edit.replace(scalar(text, "a"), "new")).isFalse();
    assertThat(edit.done()).isEqualTo(text);
  }

  @Property(tries = 200)
  void anyNameIsReadBackAndAllOthersStay(@ForAll @StringLength(max = 20) String by) {
    String sound = by.replaceAll("[^\\x20-\\x7e\\u00a1-\\ud7ff]", "");
    String text = "x: [a, 'b']\na: \"old \\\" one\"\nz: {k: v} # end\n";
    String edited = replaced(text, "a", sound);
    Map<String, YamlNode.Entry> entries = new LinkedHashMap<>(read(edited).entries());
    assertThat(entries.keySet()).containsExactly("x", "a", "z");
    assertThat(scalar(edited, "a").text()).isEqualTo(sound);
    assertThat(edited).startsWith("x: [a, 'b']\na: ").endsWith("\nz: {k: v} # end\n");
  }
}
