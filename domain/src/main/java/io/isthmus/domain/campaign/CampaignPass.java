package io.isthmus.domain.campaign;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Carries campaigns on, a step at a time. All that it knows is in the database, so that any server
 * goes on where another was killed.
 */
@ApplicationScoped
public class CampaignPass {

  private static final Logger LOG = Logger.getLogger(CampaignPass.class.getName());

  static final Duration LEASE = Duration.ofMinutes(2);

  private static final Duration AFTER_A_BREAK = Duration.ofSeconds(15);

  private CampaignStore store;
  private CampaignUpdates updates;
  private Clock clock;

  @Inject
  CampaignPass(CampaignStore store, CampaignUpdates updates) {
    this(store, updates, Clock.systemUTC());
  }

  CampaignPass(CampaignStore store, CampaignUpdates updates, Clock clock) {
    this.store = store;
    this.updates = updates;
    this.clock = clock;
  }

  /** For the container's proxies. */
  protected CampaignPass() {}

  /**
   * Carries on each campaign that is due and that nobody else does.
   *
   * @return how many
   */
  public int run() {
    int carried = 0;
    Instant began = now();
    for (Optional<CampaignStore.Turn> turn = take(began); turn.isPresent(); turn = take(began)) {
      try {
        CampaignStep.Result result = new CampaignStep(turn.get(), store, updates, this::now).run();
        updates.release(turn.get(), result.campaign(), result.next(), now());
      } catch (CampaignStore.TurnLost lost) {
        LOG.log(Level.FINE, "a campaign is carried on by another", lost);
      } catch (RuntimeException e) {
        // One that breaks holds up no other; it comes again soon.
        LOG.log(Level.WARNING, "carrying on campaign " + turn.get().campaign().id(), e);
        store.release(
            turn.get(), turn.get().campaign(), Optional.of(now().plus(AFTER_A_BREAK)), now());
      }
      carried++;
    }
    return carried;
  }

  /** Those that were due when the run began, so that it ends. */
  private Optional<CampaignStore.Turn> take(Instant due) {
    return store.take(now().plus(LEASE), due);
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
