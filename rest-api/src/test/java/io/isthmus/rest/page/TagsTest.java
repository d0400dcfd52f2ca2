package io.isthmus.rest.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.isthmus.domain.fault.FederationFault;
import io.isthmus.rest.problem.Arguments;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TagsTest {

  @Test
  void knowsATagThatTheClientHasAlready() {
    String tag = "7";
    assertThat(Tags.isKnown(tag, "\"7\"")).isTrue();
    assertThat(Tags.isKnown(tag, "\"6\", W/\"7\"")).isTrue();
    assertThat(Tags.isKnown(tag, "*")).isTrue();
    assertThat(Tags.isKnown(tag, "\"77\"")).isFalse();
    assertThat(Tags.isKnown(tag, null)).isFalse();
  }

  @Test
  void tellsContentsOfOneVersionApart() {
    Optional<String> version = Optional.of("7");
    String healthy = Tags.tag(version, "{\"state\": \"REACHABLE\"}");
    String dark = Tags.tag(version, "{\"state\": \"UNREACHABLE\"}");

    assertThat(healthy).startsWith("7-").isNotEqualTo(dark);
    assertThat(Tags.isKnown(dark, '"' + healthy + '"')).isFalse();
    assertThat(Tags.isKnown(dark, "\"7\"")).isFalse();
  }

  @Test
  void aChangeIsOfTheVersionWhateverWasShownOfIt() {
    String tag = Tags.tag(Optional.of("7"), "{}");

    assertThat(Arguments.version('"' + tag + '"')).hasValue(7);
    assertThat(Arguments.version("\"7\"")).hasValue(7);
    assertThat(Arguments.version("*")).isEmpty();
    for (String none : new String[] {"\"-7\"", "\"\"", "\"a-b\"", "\"7-x\""}) {
      assertThatThrownBy(() -> Arguments.version(none))
          .as(none)
          .isInstanceOf(FederationFault.class);
    }
  }
}
