package io.isthmus.ui.signin;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AskedPageTest {

  @ParameterizedTest
  @ValueSource(strings = {"/", "/stacks?q=caf%C3%A9&sort=name", "/stacks/new/1a2b/policy"})
  void leadsBackWithinThePortal(String path) {
    assertThat(AskedPage.isLocal(path)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "stacks",
        "//elsewhere.example/",
        "/\\elsewhere.example",
        "https://elsewhere.example/",
        "/stacks\r\nSet-Cookie: a=b",
        "/\t/elsewhere.example",
        "javascript:alert(1)"
      })
  void leadsNowhereElse(String path) {
    assertThat(AskedPage.isLocal(path)).isFalse();
  }
}
