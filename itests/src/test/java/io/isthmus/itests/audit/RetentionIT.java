package io.isthmus.itests.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.domain.audit.AuditVerifier;
import io.isthmus.domain.audit.AuditVerifier.Intact;
import io.isthmus.domain.audit.KeptSeal;
import io.isthmus.itests.Await;
import io.isthmus.itests.Person;
import io.isthmus.itests.RunningSystem;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** The suites' server keeps records for three minutes and looks each ten seconds. */
@Tag("container")
@Isolated("waits for an age, which the oldest record has reached when others have run")
@Order(Integer.MAX_VALUE - 1)
class RetentionIT {

  private static final Duration KEPT = Duration.ofMinutes(3);
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final RunningSystem system = new RunningSystem();
  private final Person admin = new Person(system, "admin");

  @Test
  void whatTheRuleTakesIsGoneTheRestStaysProvableAndTheDeletionIsRecorded() throws Exception {
    // The oldest that there is, so that as little as possible is waited for.
    long position =
        Await.until(
                Duration.ofSeconds(20), "something is kept", this::oldest, OptionalLong::isPresent)
            .orElseThrow();
    String seal = admin.get("/audit/seals?limit=1").body();

    Await.until(
        KEPT.plus(PATIENCE),
        "the rule takes it",
        () -> admin.get("/audit/" + position).statusCode(),
        status -> status == 404);

    String before = Instant.now().minus(KEPT).minus(PATIENCE).toString();
    assertThat(admin.list("/audit?to=" + before)).isEmpty();
    assertThat(admin.list("/audit?action=delete/retention"))
        .isNotEmpty()
        .allSatisfy(
            record -> {
              assertThat(record.getString("face")).isEqualTo("engine");
              assertThat(record.getString("target_id")).startsWith("before ");
            });
    String export = admin.get("/audit/export").body();
    Intact intact =
        (Intact)
            new AuditVerifier(Optional.empty(), KeptSeal.read(seal.lines().iterator()), true)
                .verify(export.lines().iterator());
    assertThat(intact.records()).isPositive();
    // What was kept of the seal from before is still what the log begins with.
    long number = KeptSeal.read(seal.lines().iterator()).next().number();
    assertThat(admin.get("/audit/seals/" + number + "/consistency").statusCode()).isEqualTo(200);
  }

  private OptionalLong oldest() throws Exception {
    long kept = admin.list("/audit/seals?limit=1").get(0).getJsonNumber("kept").longValue();
    return admin.get("/audit/" + kept).statusCode() == 200
        ? OptionalLong.of(kept)
        : OptionalLong.empty();
  }
}
