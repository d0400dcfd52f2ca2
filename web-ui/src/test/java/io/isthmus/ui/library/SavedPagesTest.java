package io.isthmus.ui.library;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.domain.library.ItemKind;
import org.junit.jupiter.api.Test;

class SavedPagesTest {

  @Test
  void aNameComesBackFromItsAddressHoweverThePageWasComeTo() {
    String address = SavedPages.item(ItemKind.POLICY, "Près de chez nous_1.x");

    assertThat(address).startsWith("policies/Pr%C3%A8s%20de");
    String segment = address.substring("policies/".length());
    assertThat(SavedPages.decoded(segment)).isEqualTo("Près de chez nous_1.x");
    assertThat(SavedPages.decoded("Près de chez nous_1.x")).isEqualTo("Près de chez nous_1.x");
    assertThat(SavedPages.decoded("100%")).isEqualTo("100%");
  }
}
