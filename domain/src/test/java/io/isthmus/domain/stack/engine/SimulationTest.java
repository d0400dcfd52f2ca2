package io.isthmus.domain.stack.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whole lives of stacks, thousands of them, each from its seed.
 *
 * <ul>
 *   <li>{@code -Dsimulation.seed=N} lives one alone, {@code -Dsimulation.tell=true} tells of it
 *   <li>{@code -Dsimulation.seeds=N} so many, {@code -Dsimulation.from=N} from this seed on
 *   <li>{@code -Dlong=true} a hundred thousand
 *   <li>{@code -Dsimulation.threads=N} so many at the same time
 * </ul>
 */
class SimulationTest {

  private static final long USUALLY = 2000;
  private static final long LONG = 100_000;

  /** A seed, a life: nothing of it depends on what else the process does or did. */
  @Test
  @DisabledIfSystemProperty(named = "simulation.seed", matches = ".*")
  void isTheSameAgainInAnotherProcess() throws Exception {
    String here = traces();
    Process other =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                Traces.class.getName())
            .redirectErrorStream(true)
            .start();
    String there =
        new String(other.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    assertThat(other.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(there).isEqualTo(here);
  }

  /** Says what became of some seeds. */
  static final class Traces {
    private Traces() {}

    public static void main(String[] arguments) {
      System.out.println(traces());
    }
  }

  private static String traces() {
    List<Long> traces = new ArrayList<>();
    for (long seed = 1; seed <= 5; seed++) {
      traces.add(Life.of(seed).trace());
    }
    return traces.toString();
  }

  /** Each is kept for ever, whatever it is that it found. */
  static Stream<Long> seedsThatFailedOnce() throws IOException {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(
                    SimulationTest.class.getResourceAsStream("/simulation/seeds.txt")),
                StandardCharsets.UTF_8))) {
      return lines
          .lines()
          .map(line -> line.replaceFirst("#.*", "").strip())
          .filter(line -> !line.isEmpty())
          .map(Long::valueOf)
          .toList()
          .stream();
    }
  }

  @ParameterizedTest
  @MethodSource
  @Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  @DisabledIfSystemProperty(named = "simulation.seed", matches = ".*")
  void seedsThatFailedOnce(long seed) {
    Life.of(seed);
  }

  /** A life that never ends is told by its seed. */
  private final Set<Long> living = ConcurrentHashMap.newKeySet();

  @Test
  void whateverHappensWhatIsSaidIsTrueWhenAllIsQuiet() throws Exception {
    Long one = Long.getLong("simulation.seed");
    long from = one != null ? one : Long.getLong("simulation.from", 1);
    long most = Boolean.getBoolean("long") ? LONG : USUALLY;
    long seeds = one != null ? 1 : Long.getLong("simulation.seeds", most);
    Counts all = new Counts();
    AtomicLong next = new AtomicLong(from);
    List<String> failures = new ArrayList<>();
    long began = System.nanoTime();
    int threads =
        Integer.getInteger(
            "simulation.threads", Math.min(4, Runtime.getRuntime().availableProcessors()));
    ExecutorService workers = Executors.newFixedThreadPool(threads);
    try {
      List<Future<?>> running = new ArrayList<>();
      for (int thread = 0; thread < threads; thread++) {
        running.add(workers.submit(() -> live(next, from + seeds, all, failures)));
      }
      for (Future<?> each : running) {
        each.get(seeds + 300, TimeUnit.SECONDS);
      }
    } catch (TimeoutException e) {
      throw new AssertionError("these do not end: " + living, e);
    } finally {
      workers.shutdownNow();
    }
    System.out.printf(
        "%,d lives from seed %d in %,d s%n%s",
        seeds, from, TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began), all);
    assertThat(failures).isEmpty();
    if (seeds >= 1000) {
      requireThatMuchHappened(all, seeds);
    }
  }

  private void live(AtomicLong next, long end, Counts all, List<String> failures) {
    for (long seed = next.getAndIncrement(); seed < end; seed = next.getAndIncrement()) {
      living.add(seed);
      try {
        Counts counts = Life.of(seed).counts;
        synchronized (all) {
          all.addAll(counts);
        }
      } catch (AssertionError e) {
        System.out.println(e.getMessage());
        synchronized (failures) {
          failures.add(e.getMessage());
        }
      } finally {
        living.remove(seed);
      }
    }
  }

  /** A storm in which nothing happens proves nothing. */
  private static void requireThatMuchHappened(Counts all, long seeds) {
    assertThat(all.of("servers killed")).isGreaterThan(seeds);
    assertThat(all.of("servers paused")).isGreaterThan(seeds / 2);
    assertThat(all.of("doubles that arose")).isGreaterThan(seeds / 100);
    assertThat(all.of("doubles found and removed")).isPositive();
    assertThat(all.of("resources that came late")).isGreaterThan(seeds / 100);
    assertThat(all.of("commits of which the answer was lost")).isGreaterThan(seeds / 100);
    assertThat(all.of("times that the database was away")).isGreaterThan(seeds / 10);
    assertThat(all.of("times that a cloud went dark")).isGreaterThan(seeds / 2);
    assertThat(all.of("stacks failed over")).isPositive();
    assertThat(all.of("places looked for anew and found")).isGreaterThan(seeds / 100);
    assertThat(all.of("requests of which the answer was lost")).isGreaterThan(seeds / 10);
    for (String status :
        List.of(
            "CREATE_COMPLETE",
            "CREATE_FAILED",
            "UPDATE_COMPLETE",
            "UPDATE_FAILED",
            "ROLLBACK_COMPLETE",
            "DELETE_COMPLETE")) {
      assertThat(all.of("stacks at rest: " + status)).as(status).isPositive();
    }
  }
}
