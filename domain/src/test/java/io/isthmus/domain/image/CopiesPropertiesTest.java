package io.isthmus.domain.image;

import static io.isthmus.domain.image.Bench.ALICE;
import static io.isthmus.domain.image.Bench.BOB;
import static io.isthmus.domain.image.Bench.DEMO;
import static io.isthmus.domain.image.Bench.OTHER;
import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.cloud.Account;
import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.image.SimulatedGlance.Crash;
import io.isthmus.domain.image.SimulatedGlance.Weather;
import io.isthmus.domain.image.SimulatedGlance.Where;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/**
 * Whatever stacks want and release, however clouds answer and servers die in between: in the end
 * there is at most one copy of ours of an image in each account and region, what was found there is
 * there still, and nothing went anywhere that no stack needed it.
 */
class CopiesPropertiesTest {

  private static final List<String> CLOUDS = List.of("gra", "bhs");
  private static final List<String> REGIONS = List.of("R1", "R2");
  private static final List<ProjectId> PROJECTS = List.of(DEMO, OTHER);

  private static Bench bench;

  @BeforeContainer
  static void open() {
    bench = new Bench();
  }

  @AfterContainer
  static void close() {
    bench.close();
  }

  private record Wish(ProjectImage image, CloudId cloud, String region, CopyStore.Need need) {}

  @Property(tries = 20, shrinking = ShrinkingMode.OFF)
  void endsWithOneAndTouchesNothingElse(@ForAll long seed) {
    new Run(new Random(seed)).go();
  }

  private static final class Run {

    private final Random random;
    private final Set<Where> asked = new HashSet<>();
    private final Set<String> foreign = new HashSet<>();
    private final List<Wish> wishes = new ArrayList<>();
    private final List<ProjectImage> images = new ArrayList<>();

    Run(Random random) {
      this.random = random;
    }

    void go() {
      bench.glance.images.clear();
      bench.glance.deleted.clear();
      bench.glance.sentTo.clear();
      bench.glance.accounts.clear();
      // Both projects may lead into one OpenStack project of a cloud.
      for (String cloud : CLOUDS) {
        if (random.nextBoolean()) {
          PROJECTS.forEach(project -> bench.glance.accounts.put(cloud + " " + project, "shared"));
        }
      }
      int seed = random.nextInt(1000);
      for (ProjectId project : PROJECTS) {
        for (String name : List.of("a", "b")) {
          // Some have the same content.
          ProjectImage image =
              bench.kept(
                  Bench.raw(project, name, 5000),
                  project.equals(DEMO) ? ALICE : BOB,
                  seed + random.nextInt(2));
          bench.images.change(
              project,
              image.id(),
              new ImageChange(
                  Optional.empty(),
                  Optional.empty(),
                  Optional.of(random.nextBoolean()),
                  Optional.empty(),
                  Optional.empty(),
                  Optional.empty()),
              project.equals(DEMO) ? ALICE : BOB);
          images.add(image);
        }
      }
      for (int i = 0; i < 40; i++) {
        act();
      }
      bench.glance.weather.clear();
      bench.settle();
      check();
      wishes.forEach(this::release);
      for (ProjectImage image : images) {
        bench.images.remove(
            image.project(), image.id(), image.project().equals(DEMO) ? ALICE : BOB);
      }
      bench.settle();
      assertThat(bench.store.list(DEMO)).isEmpty();
      assertThat(bench.store.list(OTHER)).isEmpty();
      Set<String> left = new HashSet<>();
      bench.glance.images.values().forEach(there -> left.addAll(there.keySet()));
      assertThat(left).isEqualTo(foreign);
    }

    private void act() {
      switch (random.nextInt(8)) {
        case 0, 1, 2 -> want();
        case 3 -> {
          if (!wishes.isEmpty()) {
            release(wishes.remove(random.nextInt(wishes.size())));
          }
        }
        case 4 -> addForeign();
        case 5 -> bench.clock.pass(Duration.ofSeconds(random.nextInt(600)));
        default -> work();
      }
    }

    private void want() {
      want(
          images.get(random.nextInt(images.size())),
          new CloudId(CLOUDS.get(random.nextInt(2))),
          REGIONS.get(random.nextInt(2)));
    }

    private void want(ProjectImage image, CloudId cloud, String region) {
      String account = bench.glance.account(SimulatedGlance.connection(image.project(), cloud));
      Wish wish =
          new Wish(image, cloud, region, new CopyStore.Need(UUID.randomUUID(), "image-x", 1));
      ImageCopy copy =
          bench
              .copies
              .want(
                  image.id(),
                  image.project(),
                  new Account(cloud, account),
                  region,
                  wish.need(),
                  bench.clock.instant())
              .orElseThrow();
      if (copy.state() != ImageCopy.State.REMOVING) {
        asked.add(new Where(cloud.text(), account, region));
        wishes.add(wish);
      }
    }

    private void release(Wish wish) {
      bench.copies.release(wish.cloud(), wish.region(), wish.need(), bench.clock.instant());
    }

    private void addForeign() {
      ProjectImage image = images.get(random.nextInt(images.size()));
      CloudId cloud = new CloudId(CLOUDS.get(random.nextInt(2)));
      foreign.add(
          bench.glance.foreign(
              bench.glance.where(
                  SimulatedGlance.connection(image.project(), cloud),
                  REGIONS.get(random.nextInt(2))),
              image.digests()));
    }

    private void work() {
      int calls = random.nextInt(12);
      bench.glance.weather.clear();
      for (int i = 0; i < calls; i++) {
        bench.glance.weather.add(
            random.nextInt(3) > 0
                ? Weather.FINE
                : Weather.values()[random.nextInt(Weather.values().length)]);
      }
      for (CopyQueue.Job job :
          bench.queue.take(
              random.nextInt(3) > 0,
              1 + random.nextInt(3),
              bench.clock.instant().plus(Bench.LEASE),
              bench.clock.instant())) {
        if (random.nextInt(6) == 0) {
          // Its server stands still so long that another takes it over, and then goes on.
          bench.clock.pass(Duration.ofMinutes(3));
          bench.take().forEach(this::run);
        }
        if (random.nextInt(4) == 0) {
          want(image(job), job.copy().account().cloud(), job.copy().region());
        }
        run(job);
      }
    }

    private ProjectImage image(CopyQueue.Job job) {
      return images.stream()
          .filter(image -> image.id().equals(job.copy().image()))
          .findFirst()
          .orElseThrow();
    }

    private void run(CopyQueue.Job job) {
      try {
        bench.work.run(job);
      } catch (Crash died) {
        // Its lease ends by itself.
        assertThat(died).isNotNull();
      }
    }

    private void check() {
      Map<String, Integer> ours = new HashMap<>();
      bench.glance.images.forEach(
          (where, there) ->
              there
                  .values()
                  .forEach(
                      image -> {
                        if (image.properties.containsKey("isthmus_copy")) {
                          ours.merge(
                              where + " " + image.properties.get("isthmus_copy"), 1, Integer::sum);
                        }
                      }));
      assertThat(ours.values()).allMatch(count -> count == 1);
      assertThat(bench.glance.deleted).noneMatch(foreign::contains);
      assertThat(asked).containsAll(bench.glance.sentTo);
      for (Wish wish : wishes) {
        ImageCopy copy =
            bench.copies.needed(wish.need().stack(), wish.cloud(), wish.region()).get(wish.need());
        Where where =
            bench.glance.where(
                SimulatedGlance.connection(wish.image().project(), wish.cloud()), wish.region());
        if (copy.state() == ImageCopy.State.ACTIVE) {
          assertThat(bench.glance.at(where).get(copy.glanceId().orElseThrow()).digests)
              .isEqualTo(wish.image().digests());
        } else {
          // Damaged on its way or too often in vain, and not wanted anew since.
          assertThat(copy.state()).isEqualTo(ImageCopy.State.FAILED);
        }
      }
      assertThat(Arrays.asList(ImageCopy.State.ACTIVE, ImageCopy.State.FAILED))
          .containsAll(bench.copies.of(DEMO).stream().map(ImageCopy::state).distinct().toList());
    }
  }
}
