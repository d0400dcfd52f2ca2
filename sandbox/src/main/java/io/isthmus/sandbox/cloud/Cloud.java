package io.isthmus.sandbox.cloud;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.isthmus.sandbox.federation.Federation.CloudSpec;
import io.isthmus.sandbox.federation.Federation.RegionSpec;
import io.isthmus.sandbox.http.Json;
import io.isthmus.sandbox.weather.CallCounter;
import io.isthmus.sandbox.weather.Weather;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * What one simulated cloud is and remembers. One lock guards it all: every look first lets happen
 * what is due.
 */
public final class Cloud {
  private final CloudSpec spec;
  private final String url;
  private final Path files;
  private final Set<String> downloadHosts;
  private final Clock clock;
  private final Weather weather;
  private final CallCounter calls = new CallCounter();
  private final Timers timers = new Timers();
  private final Tables identity = new Tables();
  private final Map<String, Tables> regions = new LinkedHashMap<>();
  private final Map<String, Map<String, SyntheticProject>> synthetic = new LinkedHashMap<>();
  private long version;

  /**
   * @param url where the cloud is reached, {@code http://host:port}
   * @param files folder for image data
   */
  public Cloud(CloudSpec spec, String url, Path files, Clock clock) {
    this(spec, url, files, clock, Set.of());
  }

  /**
   * @param downloadHosts from which images are downloaded beside this machine, in lower case
   */
  public Cloud(CloudSpec spec, String url, Path files, Clock clock, Set<String> downloadHosts) {
    this.downloadHosts = downloadHosts;
    this.spec = spec;
    this.url = url;
    this.files = files;
    this.clock = clock;
    this.weather = new Weather(spec.latency(), System::nanoTime);
    spec.regions().forEach(region -> regions.put(region.name(), new Tables()));
    for (RegionSpec region : spec.regions()) {
      Map<String, SyntheticProject> projects = new LinkedHashMap<>();
      spec.projects().stream()
          .filter(project -> project.synthetic() != null)
          .map(project -> new SyntheticProject(this, region.name(), project))
          .forEach(project -> projects.put(project.projectId(), project));
      synthetic.put(region.name(), projects);
    }
  }

  public CloudSpec spec() {
    return spec;
  }

  public String url() {
    return url;
  }

  public Path files() {
    return files;
  }

  /** Hosts from which images are downloaded beside this machine, in lower case. */
  public Set<String> downloadHosts() {
    return downloadHosts;
  }

  public Weather weather() {
    return weather;
  }

  public CallCounter calls() {
    return calls;
  }

  public Timers timers() {
    return timers;
  }

  /** What Keystone remembers. */
  public Tables identity() {
    return identity;
  }

  /** What the other services of a region remember. */
  public Tables region(String name) {
    return regions.get(name);
  }

  /** What projects have by rule in a region, by their ids; empty for most clouds. */
  public Map<String, SyntheticProject> synthetic(String region) {
    return synthetic.get(region);
  }

  /** Now, as the cloud sees it. */
  public Instant now() {
    return clock.instant();
  }

  /** Does something with the cloud that changes nothing. */
  public synchronized <T> T look(Supplier<T> look) {
    if (timers.advance(clock.instant())) {
      version++;
    }
    return look.get();
  }

  /** Does something with the cloud that may change it. */
  public synchronized void change(Runnable change) {
    timers.advance(clock.instant());
    version++;
    change.run();
  }

  /** Grows with every change, so that a writer knows whether there is anything to write. */
  public synchronized long version() {
    return version;
  }

  /** All that must survive a restart. */
  public synchronized ObjectNode toJson() {
    ObjectNode json = Json.obj();
    json.put("cloud", spec.name());
    json.set("identity", identity.toJson());
    ObjectNode all = json.putObject("regions");
    regions.forEach((name, tables) -> all.set(name, tables.toJson()));
    json.set("timers", timers.toJson());
    ObjectNode byRule = json.putObject("synthetic");
    synthetic.forEach(
        (region, projects) ->
            projects.forEach(
                (id, project) -> byRule.withObject("/" + region).set(id, project.toJson())));
    return json;
  }

  /**
   * Takes back what {@link #toJson} gave; regions that the federation no longer has are dropped.
   */
  public synchronized void read(JsonNode json) {
    identity.read(json.path("identity"));
    regions.forEach((name, tables) -> tables.read(json.path("regions").path(name)));
    timers.read(json.path("timers"));
    synthetic.forEach(
        (region, projects) ->
            projects.forEach(
                (id, project) -> project.read(json.path("synthetic").path(region).path(id))));
  }

  /** An id of something that the federation file names: the same at every start. */
  public String seededId(String what) {
    return UUID.nameUUIDFromBytes((spec.name() + "/" + what).getBytes(StandardCharsets.UTF_8))
        .toString();
  }

  /** A Keystone id, which has no dashes. */
  public String seededHexId(String what) {
    return seededId(what).replace("-", "");
  }
}
