package io.isthmus.ui.element;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NaturalOrderTest {

  @Test
  void countsAsPeopleDo() {
    assertThat(List.of("web/10", "web/2", "db", "web", "web/2/port", "web/02", "2", "10"))
        .satisfies(
            names ->
                assertThat(names.stream().sorted(NaturalOrder.OF_NAMES))
                    .containsExactly(
                        "2", "10", "db", "web", "web/02", "web/2", "web/2/port", "web/10"));
  }
}
