package io.isthmus.domain.stack.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.isthmus.domain.json.Json;
import io.isthmus.domain.stack.DesiredPart;
import io.isthmus.domain.stack.Lease;
import io.isthmus.domain.stack.LeaseLost;
import io.isthmus.domain.stack.Outcome;
import io.isthmus.domain.stack.ResourceDriver;
import io.isthmus.domain.stack.StackChange;
import io.isthmus.domain.stack.StackChange.Header;
import io.isthmus.domain.stack.StackId;
import io.isthmus.domain.stack.StackPart;
import io.isthmus.domain.stack.StackStatus;
import io.isthmus.domain.stack.StackStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * That the simulation finds what is wrong: engines, stores and drivers that are deliberately broken
 * are found out within a few seeds, by the check that is there for it.
 */
class SimulationBitesTest {

  private static final int SEEDS = 400;

  static Stream<Arguments> findsWhatIsWrong() {
    return Stream.of(
        broken("a driver that does not look for the mark", forgetsMarks(), "double"),
        broken(
            "a driver that only says that it has deleted",
            deletesNothing(),
            "orphan|left behind|rest"),
        broken("a store that forgets fencing", Breakage.store(Unfenced::of), "under fence"),
        broken("a store that forgets intents", forgetsIntents(), "orphan|left behind"),
        broken("a store that loses events", losesEvents(), "not told"),
        broken("a store that tells events twice", tellsTwice(), "too often"),
        broken("a store that loses deletions", losesDeletions(), "not told|acknowledged"),
        broken(
            "a store that says whole of what failed", saysWhole(), "whole, and not|missing|wished"),
        broken(
            "a store that forgets that a part is replaced",
            forgetsReplaced(),
            "orphan|double|there:|not as wished"),
        broken("places that break the rule", Breakage.withoutRule(), "policy"),
        broken("places that break the quota", Breakage.withoutQuota(), "quota"),
        broken(
            "an engine that does not look for what comes late",
            neverLooksLate(),
            "orphan|left behind"));
  }

  private static Arguments broken(String name, Breakage breakage, String words) {
    return Arguments.of(Named.of(name, breakage), words);
  }

  @ParameterizedTest
  @MethodSource
  void findsWhatIsWrong(Breakage breakage, String words) {
    Optional<AssertionError> found = Optional.empty();
    for (long seed = 1; seed <= SEEDS && found.isEmpty(); seed++) {
      found = Life.wrong(seed, breakage);
    }
    assertThat(found).isPresent();
    assertThat(found.get().getMessage()).containsPattern(words);
  }

  /** In a life drawn by a seed few clouds are given up, so that it is looked for in a story. */
  @Test
  void findsADriverThatOnlySaysThatItHasStopped() {
    Story story = new Story(TestStacks.PORT, stopsNothing());
    assertThatThrownBy(() -> story.live(Story.Chapter.LOSES_ITS_CLOUD))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("still runs");
  }

  // ---- broken drivers

  private static Breakage forgetsMarks() {
    return Breakage.driver(
        driver -> {
          ((SimulatedClouds) driver).forgetMarks();
          return driver;
        });
  }

  private static Breakage deletesNothing() {
    return Breakage.driver(
        driver ->
            instead(
                ResourceDriver.class,
                driver,
                (method, arguments) ->
                    method.getName().equals("delete")
                        ? Optional.of(new Outcome.Gone(true))
                        : Optional.empty()));
  }

  private static Breakage stopsNothing() {
    return Breakage.driver(
        driver ->
            instead(
                ResourceDriver.class,
                driver,
                (method, arguments) ->
                    method.getName().equals("stop")
                        ? Optional.of(
                            new Outcome.Taken(
                                ((DesiredPart) arguments[1]).physicalId().orElse("?"),
                                true,
                                Json.createObjectBuilder().build()))
                        : Optional.empty()));
  }

  // ---- broken stores

  /** Whoever had the stack once may write, as long as somebody has it. */
  private static final class Unfenced {
    private final StackStore store;
    private final Map<StackId, Lease> last = new HashMap<>();

    private Unfenced(StackStore store) {
      this.store = store;
    }

    static StackStore of(StackStore store) {
      Unfenced unfenced = new Unfenced(store);
      return instead(StackStore.class, store, unfenced::answer);
    }

    private Optional<Object> answer(Method method, Object[] arguments) throws Throwable {
      if (method.getName().equals("lease")) {
        Object lease = invoke(store, method, arguments);
        ((Optional<?>) lease)
            .map(Lease.class::cast)
            .ifPresent(taken -> last.put(taken.stack(), taken));
        return Optional.of(lease);
      }
      if (!method.getName().equals("write") && !method.getName().equals("renew")) {
        return Optional.empty();
      }
      try {
        return Optional.of(invoke(store, method, arguments));
      } catch (LeaseLost e) {
        Object[] forged = arguments.clone();
        forged[0] = last.get(((Lease) arguments[0]).stack());
        return Optional.of(invoke(store, method, forged));
      }
    }
  }

  private static Breakage writing(UnaryOperator<StackChange> change) {
    return Breakage.store(
        store ->
            instead(
                StackStore.class,
                store,
                (method, arguments) -> {
                  if (!method.getName().equals("write")) {
                    return Optional.empty();
                  }
                  Object[] other = arguments.clone();
                  other[1] = change.apply((StackChange) arguments[1]);
                  return Optional.of(invoke(store, method, other));
                }));
  }

  private static StackChange with(
      StackChange change,
      Optional<Header> header,
      List<StackPart> parts,
      List<StackChange.Happening> happenings) {
    return new StackChange(
        header,
        parts,
        happenings,
        change.refusals(),
        change.segments(),
        change.acts(),
        change.reform());
  }

  private static Breakage forgetsIntents() {
    return writing(
        change ->
            with(
                change,
                change.header(),
                change.parts().stream()
                    .filter(
                        part ->
                            !part.status().equals(StackStatus.CREATING)
                                || part.state().physicalId().isPresent())
                    .toList(),
                change.happenings()));
  }

  private static Breakage losesEvents() {
    return writing(
        change ->
            with(
                change,
                change.header(),
                change.parts(),
                change.happenings().size() > 2
                    ? change.happenings().subList(0, 2)
                    : change.happenings()));
  }

  private static Breakage tellsTwice() {
    return writing(
        change ->
            with(
                change,
                change.header(),
                change.parts(),
                Stream.concat(change.happenings().stream(), change.happenings().stream().skip(3))
                    .toList()));
  }

  private static Breakage saysWhole() {
    return writing(
        change ->
            with(
                change,
                change
                    .header()
                    .map(
                        header ->
                            header.status().equals(StackStatus.UPDATE_FAILED)
                                ? new Header(
                                    header.actionSince(),
                                    StackStatus.UPDATED,
                                    header.reason(),
                                    header.health())
                                : header),
                change.parts(),
                change.happenings()));
  }

  private static Breakage forgetsReplaced() {
    return writing(
        change ->
            with(
                change,
                change.header(),
                change.parts().stream()
                    .filter(
                        part ->
                            part.goal() != StackPart.Goal.ABSENT
                                || !part.status().equals(StackStatus.DELETING))
                    .toList(),
                change.happenings()));
  }

  private static Breakage losesDeletions() {
    return Breakage.store(
        store ->
            instead(
                StackStore.class,
                store,
                (method, arguments) -> {
                  if (!method.getName().equals("requestDeletion")) {
                    return Optional.empty();
                  }
                  boolean working =
                      !store.find((StackId) arguments[0]).orElseThrow().status().isTerminal();
                  return Optional.of(working ? NOTHING : invoke(store, method, arguments, NOTHING));
                }));
  }

  // ---- broken engines

  private static Breakage neverLooksLate() {
    EngineLimits usual = EngineLimits.DEFAULT;
    return Breakage.limits(
        new EngineLimits(
            usual.callsPerCloud(),
            usual.callDeadline(),
            usual.createTimeout(),
            usual.deleteTimeout(),
            usual.keepInterval(),
            usual.firstLook(),
            usual.confirmMissing(),
            Duration.ZERO,
            usual.askAgain(),
            usual.longestBackoff(),
            usual.repairPause(),
            usual.replacements(),
            usual.unexplainedTries(),
            usual.erringTries(),
            usual.lease(),
            usual.stay()));
  }

  // ---- in place of what works

  /** Stands for the answer of a method that has none. */
  private static final Object NOTHING = new Object();

  private interface Answer {

    /** Empty for what is done as usual. */
    Optional<Object> of(Method method, Object[] arguments) throws Throwable;
  }

  private static <T> T instead(Class<T> type, T real, Answer answer) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              Optional<Object> other = answer.of(method, arguments);
              if (other.isEmpty()) {
                return invoke(real, method, arguments);
              }
              return other.get() == NOTHING ? null : other.get();
            }));
  }

  private static Object invoke(Object target, Method method, Object[] arguments, Object ifNull)
      throws Throwable {
    Object result = invoke(target, method, arguments);
    return result == null ? ifNull : result;
  }

  private static Object invoke(Object target, Method method, Object[] arguments) throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
