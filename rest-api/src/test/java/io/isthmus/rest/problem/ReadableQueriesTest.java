package io.isthmus.rest.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReadableQueriesTest {

  @Test
  void namesTheParameterThatHasANul() {
    assertThat(ReadableQueries.unreadable(Map.of("name", List.of("shop", "a\0b"))))
        .contains("name");
    assertThat(ReadableQueries.unreadable(Map.of("name", List.of("shop", "")))).isEmpty();
  }
}
