package io.isthmus.domain.notice;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.domain.access.Caller;
import io.isthmus.domain.access.ProjectId;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AudienceTest {

  private static final ProjectId DEMO = new ProjectId("acme", "demo");
  private static final Caller ALICE = new Caller("c-1", "alice", Set.of("acme"), Set.of());
  private static final Caller CAROL =
      new Caller("c-2", "carol", Set.of("acme"), Set.of(Caller.FEDERATION_ADMIN));

  @Test
  void aUserIsToldOfTheProjectOnly() {
    assertThat(Audience.of(Optional.of(DEMO), ALICE)).containsExactly(Audience.of(DEMO));
  }

  @Test
  void anAdministratorIsToldOfTheFederationToo() {
    assertThat(Audience.of(Optional.of(DEMO), CAROL))
        .containsExactly(Audience.of(DEMO), Audience.FEDERATION);
    assertThat(Audience.of(Optional.empty(), CAROL)).containsExactly(Audience.FEDERATION);
  }

  @Test
  void whoHasNoProjectAndAdministersNothingIsToldNothing() {
    assertThat(Audience.of(Optional.empty(), ALICE)).isEmpty();
  }
}
