package io.isthmus.rest.page;

import static org.assertj.core.api.Assertions.assertThat;

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
}
