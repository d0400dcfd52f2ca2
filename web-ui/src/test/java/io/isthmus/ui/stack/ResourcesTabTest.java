package io.isthmus.ui.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.placement.PartId;
import io.isthmus.domain.stack.PartView;
import io.isthmus.domain.stack.StackHealth;
import io.isthmus.domain.stack.StackStatus;
import io.isthmus.domain.template.DeletionPolicy;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ResourcesTabTest {

  private static PartView part(String name, String region, StackStatus status, StackHealth health) {
    return new PartView(
        new PartId(name, new CloudId("gra"), region),
        "OS::Nova::Server",
        1,
        Optional.empty(),
        status,
        health,
        "name",
        Optional.empty(),
        Optional.empty(),
        List.of(),
        Optional.empty(),
        List.of(),
        Set.of(),
        1,
        Optional.empty(),
        DeletionPolicy.DELETE,
        Instant.EPOCH);
  }

  private static List<String> order(PartView... parts) {
    return ResourcesTab.ordered(List.of(parts)).stream().map(part -> part.id().resource()).toList();
  }

  @Test
  void listsByPlaceWhenAllIsWell() {
    assertThat(
            order(
                part("there", "B", StackStatus.CREATED, StackHealth.HEALTHY),
                part("here", "A", StackStatus.CREATED, StackHealth.UNKNOWN)))
        .containsExactly("here", "there");
  }

  @Test
  void listsFirstWhatHasFailedIsNotWellOrIsBeingChanged() {
    assertThat(
            order(
                part("well", "A", StackStatus.CREATED, StackHealth.HEALTHY),
                part("made", "A", StackStatus.CREATING, StackHealth.UNKNOWN),
                part(
                    "silent",
                    "A",
                    StackStatus.CREATED,
                    StackHealth.of(StackHealth.State.UNREACHABLE, Phrase.verbatim("gone"))),
                part("broken", "B", StackStatus.CREATE_FAILED, StackHealth.UNKNOWN)))
        .containsExactly("broken", "silent", "made", "well");
  }
}
