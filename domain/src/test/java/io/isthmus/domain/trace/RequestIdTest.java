package io.isthmus.domain.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.isthmus.domain.trace.RequestId.Scope;
import org.junit.jupiter.api.Test;

class RequestIdTest {

  private static final String UUID = "01234567-89ab-cdef-0123-456789abcdef";

  @Test
  void takesTheFirstThatIsOneAndAFreshOneWhenNoneIs() {
    assertThat(RequestId.firstOf("nonsense", UUID).text()).isEqualTo("req-" + UUID);
    assertThat(RequestId.firstOf("req-" + UUID, null).text()).isEqualTo("req-" + UUID);
    assertThat(RequestId.firstOf(null, "req-\r\nX: y").text()).matches("req-[0-9a-f-]{36}");
    assertThat(RequestId.firstOf()).isNotEqualTo(RequestId.firstOf());
    assertThatThrownBy(() -> new RequestId(UUID)).hasMessageContaining(UUID);
  }

  @Test
  void isCurrentWithinItsScopeOnly() {
    RequestId outer = RequestId.fresh();
    try (Scope first = outer.serve()) {
      try (Scope second = RequestId.fresh().serve()) {
        assertThat(RequestId.current()).isPresent().isNotEqualTo(java.util.Optional.of(outer));
      }
      assertThat(RequestId.currentOrFresh()).isEqualTo(outer);
    }
    assertThat(RequestId.current()).isEmpty();
  }
}
