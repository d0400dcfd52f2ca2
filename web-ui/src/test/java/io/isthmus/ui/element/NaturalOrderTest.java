package io.isthmus.ui.element;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class NaturalOrderTest {

  @Test
  void countsAsPeopleDo() {
    assertThat(
            Stream.of("web/10", "web/2", "db", "web", "web/2/port", "web/02", "2", "10")
                .sorted(NaturalOrder.OF_NAMES)
                .toList())
        .containsExactly("2", "10", "db", "web", "web/02", "web/2", "web/2/port", "web/10");
  }
}
