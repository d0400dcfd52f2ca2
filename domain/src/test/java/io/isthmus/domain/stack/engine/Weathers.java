package io.isthmus.domain.stack.engine;

import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.stack.StackPart;
import io.isthmus.domain.stack.engine.SimulatedClouds.Thing;
import io.isthmus.domain.stack.engine.SimulatedClouds.Weather;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

/** What befalls clouds, servers and the database, until all is quiet. */
final class Weathers {

  /** So long has a cloud to be dark before anybody thinks that it is lost. */
  private static final Duration LOST = Duration.ofSeconds(45);

  private final World world;
  private final Random random;
  private final Map<String, Instant> darkSince = new TreeMap<>();
  private final List<Thing> broken = new ArrayList<>();

  Weathers(World world) {
    this.world = world;
    this.random = world.random;
  }

  boolean isDark(String cloud) {
    return darkSince.containsKey(cloud);
  }

  /** A cloud that has been dark long enough. */
  Optional<String> longDark() {
    return darkSince.entrySet().stream()
        .filter(entry -> !world.now().isBefore(entry.getValue().plus(LOST)))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  /** Another weather over each cloud. */
  void change() {
    TestStacks.CLOUDS.forEach(this::change);
  }

  private void change(String cloud) {
    world.clouds.weather(cloud, random.nextInt(4) == 0 ? Weather.GOOD : bad());
    world.clouds.errNoMore(cloud);
    switch (random.nextInt(10)) {
      case 0 -> world.clouds.fill(cloud);
      case 1 -> world.clouds.err(cloud);
      case 2 -> world.clouds.errAfterTheEffect(cloud);
      default -> world.clouds.makeRoom(cloud);
    }
  }

  private Weather bad() {
    double share = random.nextDouble() / 3;
    return new Weather(
        pick(share),
        pick(share / 2),
        pick(share),
        pick(share),
        pick(share / 3),
        random.nextInt(3) == 0 ? Duration.ofSeconds(1L + random.nextInt(58)) : Duration.ZERO);
  }

  private double pick(double share) {
    return random.nextBoolean() ? share : 0;
  }

  /** One accident of any kind, or none. */
  void strike() {
    World.Server server = world.servers.get(random.nextInt(world.servers.size()));
    String cloud = TestStacks.CLOUDS.get(random.nextInt(TestStacks.CLOUDS.size()));
    switch (random.nextInt(22)) {
      case 0 -> server.kill();
      case 1, 2 -> server.pause(Duration.ofSeconds(1L + random.nextInt(110)));
      case 3 -> {
        world.counts.count("times that the database was away");
        world.loseDatabase(Duration.ofSeconds(1L + random.nextInt(40)));
      }
      case 4 -> world.loseACommit();
      case 5, 6, 7 -> world.killAt(1L + random.nextInt(200));
      case 8, 9 -> goDark(cloud);
      case 10, 11 -> comeBack(cloud);
      case 12, 13 -> change(cloud);
      case 14 -> vanish();
      case 15 -> breakOne();
      case 16 -> world.store.removeReplaced(new CloudId(cloud));
      default -> {
        // Sometimes nothing happens.
      }
    }
  }

  private void goDark(String cloud) {
    if (!isDark(cloud)) {
      world.counts.count("times that a cloud went dark");
      world.note(cloud + " goes dark");
      darkSince.put(cloud, world.now());
      world.clouds.goAway(cloud);
    }
  }

  private void comeBack(String cloud) {
    if (darkSince.remove(cloud) != null) {
      world.note(cloud + " comes back");
      world.clouds.comeBack(cloud);
    }
  }

  private Optional<Thing> someServer() {
    List<Thing> made =
        world.clouds.things().stream()
            .filter(thing -> thing.type.equals(TestStacks.SERVER) && thing.goneAt.isEmpty())
            .filter(thing -> world.part(thing).filter(StackPart::isComplete).isPresent())
            .toList();
    return made.isEmpty() ? Optional.empty() : Optional.of(made.get(random.nextInt(made.size())));
  }

  /** Somebody deletes a server behind our back. */
  private void vanish() {
    someServer()
        .ifPresent(
            thing -> {
              world.counts.count("servers deleted behind our back");
              world.note(thing + " vanishes");
              world.clouds.vanish(thing);
            });
  }

  private void breakOne() {
    someServer()
        .ifPresent(
            thing -> {
              world.counts.count("servers that broke");
              thing.broken = true;
              broken.add(thing);
            });
  }

  /** All clouds serve, everything has room, nobody is killed; who is dead is started again soon. */
  void clear() {
    TestStacks.CLOUDS.forEach(
        cloud -> {
          comeBack(cloud);
          world.clouds.makeRoom(cloud);
          world.clouds.errNoMore(cloud);
        });
    world.clouds.goodWeather();
    broken.forEach(thing -> thing.broken = false);
    broken.clear();
    world.noMoreAccidents();
  }
}
