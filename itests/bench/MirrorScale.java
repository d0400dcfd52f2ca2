import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Measures the mirror of a running Isthmus over simulated clouds that have things by rule. Compiled
 * together with {@code launcher/Sample.java}, whose API client it uses.
 *
 * <p>Usage: {@code MirrorScale CONTROL_URL SERVER_PID POSTGRESQL_PID SANDBOX_PID CHANGES REQUESTS
 * CONCURRENT SETTLE_SECONDS REST_SECONDS}; a process id of 0 is of a process that does not run here.
 */
final class MirrorScale {

  private static final Duration PATIENCE = Duration.ofMinutes(60);
  private static final Duration LONGEST_REQUEST = Duration.ofSeconds(60);

  /** Requests for each list before they are timed, so that the compiler has seen them. */
  private static final int WARM_UP = 40;

  /** Of one percentile each, told in the reports. */
  private static final int[] PERCENTILES = {50, 99};

  /** Hundredths of a second, in which Linux tells processor time on every architecture of ours. */
  private static final double TICKS = 100;

  /** The API's addresses and names, all in one place. */
  private static final class Mirror {
    static final int PAGE = 50;

    private static final String PROJECT = "project=" + Api.encode("acme/demo");
    private static final Pattern CURSOR = Pattern.compile("[?&](cursor=[^&>]+)[^>]*>; *rel=\"?next");

    /**
     * How old what is known is, by cloud, region and kind, with {@code kind} and {@code count}; of
     * one project, since an administrator would see all.
     */
    static final String AGES = "/mirror?" + PROJECT;

    /**
     * A page of a list.
     *
     * @param kind such as {@code server}
     * @param filters such as {@code &status=ACTIVE}
     */
    static String list(String kind, String filters, int limit) {
      return "/mirror/resources?" + PROJECT + "&kind=" + kind + "&limit=" + limit + filters;
    }

    /** The page behind one, of which the answer's {@code Link} tells. */
    static Optional<String> behind(String first, HttpResponse<?> answer) {
      return answer.headers().allValues("Link").stream()
          .map(CURSOR::matcher)
          .filter(Matcher::find)
          .map(link -> first + "&" + link.group(1))
          .findFirst();
    }
  }

  /** The simulated clouds' word for a kind, and the API's. */
  private static final Map<String, String> KINDS =
      Map.of("servers", "server", "ports", "port", "volumes", "volume");

  private final Api api = new Api();
  private final HttpClient http = HttpClient.newBuilder().connectTimeout(LONGEST_REQUEST).build();
  private final String control;
  private final Map<String, Long> processes = new LinkedHashMap<>();
  private final int changes;
  private final int requests;
  private final int concurrent;
  private final int settleSeconds;
  private final int restSeconds;

  private record Place(String cloud, String region, String project) {}

  private MirrorScale(String[] arguments) {
    control = arguments[0];
    processes.put("server", Long.parseLong(arguments[1]));
    processes.put("postgresql", Long.parseLong(arguments[2]));
    processes.put("sandbox", Long.parseLong(arguments[3]));
    processes.values().removeIf(pid -> pid == 0);
    changes = Integer.parseInt(arguments[4]);
    requests = Integer.parseInt(arguments[5]);
    concurrent = Integer.parseInt(arguments[6]);
    settleSeconds = Integer.parseInt(arguments[7]);
    restSeconds = Integer.parseInt(arguments[8]);
  }

  public static void main(String[] arguments) throws InterruptedException {
    try {
      new MirrorScale(arguments).measure();
    } catch (Trouble trouble) {
      System.err.printf("mirror: %s: %s%n", trouble.getMessage(), trouble.remedy);
      System.exit(1);
    } catch (IOException e) {
      System.err.printf("mirror: no answer (%s): start Isthmus with simulated clouds%n", e);
      System.exit(1);
    }
  }

  private void measure() throws IOException, InterruptedException {
    List<Place> places = places();
    fill(places);
    tellMemory();
    TimeUnit.SECONDS.sleep(settleSeconds);
    atRest();
    change(places);
    List<String> lists = lists();
    oneByOne(lists);
    atOnce(lists);
    tellMemory();
  }

  /** Where the simulated clouds have things by rule. */
  private List<Place> places() throws IOException, InterruptedException {
    List<Place> places = new ArrayList<>();
    for (JsonObject cloud : control("").getJsonArray("clouds").getValuesAs(JsonObject.class)) {
      for (JsonString region : cloud.getJsonArray("regions").getValuesAs(JsonString.class)) {
        Place place = new Place(cloud.getString("name"), region.getString(), "acme-demo");
        if (controlIfThere("GET", path(place), null).isPresent()) {
          places.add(place);
        }
      }
    }
    if (places.isEmpty()) {
      throw new Trouble(
          "the simulated clouds have nothing by rule",
          "start Isthmus with the file that itests/bench/hundred-clouds writes");
    }
    return places;
  }

  private static String path(Place place) {
    return "/clouds/" + place.cloud() + "/regions/" + place.region() + "/synthetic/" + place.project();
  }

  /** How many things of each kind there are in all clouds together. */
  private Map<String, Long> expected(List<Place> places) throws IOException, InterruptedException {
    Map<String, Long> sums = new TreeMap<>();
    for (Place place : places) {
      JsonObject counts = control(path(place));
      counts.forEach((kind, count) -> sums.merge(KINDS.get(kind), number(count), Long::sum));
    }
    return sums;
  }

  /** How many of each kind the mirror has. */
  private Map<String, Long> mirrored() throws IOException, InterruptedException {
    Map<String, Long> sums = new TreeMap<>();
    for (JsonObject age : api.get(Mirror.AGES).asJsonArray().getValuesAs(JsonObject.class)) {
      String kind = age.getString("kind");
      if (KINDS.containsValue(kind)) {
        sums.merge(kind, number(age.get("count")), Long::sum);
      }
    }
    return sums;
  }

  private static long number(JsonValue value) {
    return Long.parseLong(value.toString());
  }

  private void fill(List<Place> places) throws IOException, InterruptedException {
    Map<String, Long> expected = expected(places);
    long all = expected.values().stream().mapToLong(Long::longValue).sum();
    System.out.printf("%d clouds and regions with %d things: %s%n", places.size(), all, expected);
    Instant start = Instant.now();
    Instant told = start;
    Map<String, Long> now = mirrored();
    while (!expected.equals(now)) {
      requirePatience(start, "the mirror has " + now + " of " + expected);
      if (Duration.between(told, Instant.now()).toSeconds() >= 15) {
        System.out.printf("  %5.0f s  %s%n", seconds(start), now);
        told = Instant.now();
      }
      TimeUnit.SECONDS.sleep(1);
      now = mirrored();
    }
    System.out.printf("full sync: %.0f s after this began%s%n", seconds(start), sinceServerStart());
  }

  private String sinceServerStart() {
    return Optional.ofNullable(processes.get("server"))
        .flatMap(ProcessHandle::of)
        .flatMap(process -> process.info().startInstant())
        .map(
            started ->
                String.format(
                    Locale.ROOT, ", %.0f s after the server's process began", seconds(started)))
        .orElse("");
  }

  /** Makes changes in all clouds and waits until the API tells each. */
  private void change(List<Place> places) throws IOException, InterruptedException {
    String label = "bench" + Long.toString(Instant.now().getEpochSecond(), 36);
    int deleted = changes / 10;
    int created = changes / 10;
    int updated = changes - deleted - created;
    Instant start = Instant.now();
    for (int i = 0; i < places.size(); i++) {
      JsonObjectBuilder servers = Json.createObjectBuilder();
      servers.add("create", share(created, i, places.size()));
      servers.add("update", share(updated, i, places.size()));
      servers.add("delete", share(deleted, i, places.size()));
      String body =
          Json.createObjectBuilder().add("label", label).add("servers", servers).build().toString();
      controlIfThere("POST", path(places.get(i)), body).orElseThrow();
    }
    double asked = seconds(start);
    Map<String, Long> expected = expected(places);
    long named = created + updated;
    int seen = named(label);
    Map<String, Long> now = mirrored();
    while (seen < named || !expected.equals(now)) {
      requirePatience(start, seen + " of " + named + " changed servers, " + now + " of " + expected);
      TimeUnit.MILLISECONDS.sleep(250);
      seen = named(label);
      now = mirrored();
    }
    System.out.printf(
        "incremental sync: %d servers changed, %d made and %d deleted in %d clouds within %.1f s;"
            + " all told %.1f s after the first, %.1f s after the last%n",
        updated, created, deleted, places.size(), asked, seconds(start), seconds(start) - asked);
  }

  /** An even part of a whole, the first ones with one more. */
  private static int share(int whole, int index, int parts) {
    return whole / parts + (index < whole % parts ? 1 : 0);
  }

  private int named(String label) throws IOException, InterruptedException {
    String first = Mirror.list("server", "&name=" + label, 500);
    Optional<String> next = Optional.of(first);
    int seen = 0;
    while (next.isPresent()) {
      HttpResponse<String> answer =
          http.send(request(next.get()), HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        throw new Trouble(next.get() + ": " + answer.body(), "./isthmus logs isthmus tells more");
      }
      try (JsonReader page = Json.createReader(new StringReader(answer.body()))) {
        seen += page.readArray().size();
      }
      next = Mirror.behind(first, answer);
    }
    return seen;
  }

  /** First pages of lists as people ask for them. */
  private List<String> lists() throws IOException, InterruptedException {
    JsonObject some = api.get(Mirror.list("server", "", 1)).asJsonArray().getJsonObject(0);
    String name = some.getString("name");
    String cloud = some.getString("cloud");
    List<String> lists = new ArrayList<>();
    for (String[] list :
        new String[][] {
          {"server", ""},
          {"server", "&sort=name:desc"},
          {"server", "&sort=created_at:desc"},
          {"server", "&status=ERROR"},
          {"server", "&status=SHUTOFF&sort=created_at:desc"},
          {"server", "&cloud=" + cloud},
          {"server", "&cloud=" + cloud + "&status=ACTIVE&sort=created_at"},
          {"server", "&name=" + Api.encode(name)},
          {"server", "&name=" + Api.encode(name.substring(name.length() - 4))},
          {"server", "&address=10.0.5.17"},
          {"port", ""},
          {"port", "&address=" + Api.encode("10.0.5.0/24")},
          {"port", "&status=DOWN"},
          {"volume", "&status=available&sort=created_at:desc"},
          {"volume", "&cloud=" + cloud + "&sort=name:desc"},
        }) {
      lists.add(Mirror.list(list[0], list[1], Mirror.PAGE));
    }
    return lists;
  }

  private void oneByOne(List<String> lists) throws IOException, InterruptedException {
    for (int round = 0; round < WARM_UP; round++) {
      for (String list : lists) {
        api.get(list);
      }
    }
    int rounds = (requests + lists.size() - 1) / lists.size();
    Map<String, List<Double>> times = new LinkedHashMap<>();
    int failed = 0;
    for (int round = 0; round < rounds; round++) {
      for (String list : lists) {
        HttpRequest request = request(list);
        long start = System.nanoTime();
        int status = http.send(request, HttpResponse.BodyHandlers.ofByteArray()).statusCode();
        times.computeIfAbsent(list, any -> new ArrayList<>()).add((System.nanoTime() - start) / 1e6);
        failed += status == 200 ? 0 : 1;
      }
    }
    System.out.printf(
        "first pages of %d, one after the other: %d requests, %d failed, %s%n",
        Mirror.PAGE,
        rounds * lists.size(),
        failed,
        percentiles(times.values().stream().flatMap(List::stream).toList()));
    times.forEach((list, each) -> System.out.printf("  %-40s %s%n", percentiles(each), list));
  }

  private void atOnce(List<String> lists) throws IOException, InterruptedException {
    List<HttpRequest> all = new ArrayList<>();
    for (int i = 0; i < concurrent; i++) {
      all.add(request(lists.get(i % lists.size())));
    }
    // HTTP/1.1, so that each has a connection of its own, as the browsers of so many people.
    HttpClient many =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(LONGEST_REQUEST)
            .build();
    double[] took = new double[concurrent];
    Map<String, Integer> outcomes = new TreeMap<>();
    Instant start = Instant.now();
    List<CompletableFuture<String>> answers = new ArrayList<>();
    for (int i = 0; i < concurrent; i++) {
      int index = i;
      long sent = System.nanoTime();
      answers.add(
          many.sendAsync(all.get(i), HttpResponse.BodyHandlers.discarding())
              .handle(
                  (answer, failure) -> {
                    took[index] = (System.nanoTime() - sent) / 1e6;
                    return failure == null
                        ? Integer.toString(answer.statusCode())
                        : String.valueOf(
                            failure.getCause() == null ? failure : failure.getCause());
                  }));
    }
    for (CompletableFuture<String> answer : answers) {
      outcomes.merge(answer.join(), 1, Integer::sum);
    }
    int good = outcomes.getOrDefault("200", 0);
    System.out.printf(
        "%d first pages at the same time: %d failed, all answered after %.1f s, %s%n",
        concurrent,
        concurrent - good,
        seconds(start),
        percentiles(Arrays.stream(took).boxed().toList()));
    outcomes.forEach(
        (outcome, count) -> {
          if (!outcome.equals("200")) {
            System.out.printf("  %d x %s%n", count, outcome);
          }
        });
  }

  private HttpRequest request(String path) throws IOException, InterruptedException {
    return api.request(path).timeout(LONGEST_REQUEST).GET().build();
  }

  private static String percentiles(List<Double> times) {
    List<Double> sorted = times.stream().sorted().toList();
    StringBuilder words = new StringBuilder();
    for (int percentile : PERCENTILES) {
      int index = (int) Math.ceil(percentile / 100.0 * sorted.size()) - 1;
      words.append(
          String.format(Locale.ROOT, "p%d %.0f ms, ", percentile, sorted.get(Math.max(0, index))));
    }
    return words + String.format(Locale.ROOT, "most %.0f ms", sorted.get(sorted.size() - 1));
  }

  /** What each process holds, with those that it has started; what they share is counted once. */
  private void tellMemory() {
    StringBuilder words = new StringBuilder("memory:");
    processes.forEach(
        (name, pid) -> {
          long kib = tree(pid).mapToLong(MirrorScale::residentKib).sum();
          words.append(String.format(Locale.ROOT, " %s %d MiB", name, kib / 1024));
        });
    System.out.println(words);
  }

  private void atRest() throws InterruptedException {
    Map<String, Double> before = new LinkedHashMap<>();
    processes.forEach((name, pid) -> before.put(name, processorSeconds(pid)));
    Instant start = Instant.now();
    TimeUnit.SECONDS.sleep(restSeconds);
    double elapsed = seconds(start);
    StringBuilder words = new StringBuilder();
    processes.forEach(
        (name, pid) ->
            words.append(
                String.format(
                    Locale.ROOT,
                    " %s %.2f",
                    name,
                    (processorSeconds(pid) - before.get(name)) / elapsed)));
    System.out.printf("cores used at rest, over %.0f s:%s%n", elapsed, words);
  }

  private static Stream<Long> tree(long pid) {
    return ProcessHandle.of(pid).stream()
        .flatMap(process -> Stream.concat(Stream.of(process), process.descendants()))
        .map(ProcessHandle::pid);
  }

  /** Memory shared by several processes counts for each in part, where the kernel tells that. */
  private static long residentKib(long pid) {
    try {
      return kib(Path.of("/proc/" + pid + "/smaps_rollup"), "Pss:");
    } catch (IOException notAllowed) {
      try {
        return kib(Path.of("/proc/" + pid + "/status"), "VmRSS:");
      } catch (IOException gone) {
        return 0;
      }
    }
  }

  private static long kib(Path file, String field) throws IOException {
    return Files.readAllLines(file).stream()
        .filter(line -> line.startsWith(field))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D+", "")))
        .findFirst()
        .orElse(0);
  }

  /** Of a process and what it has started, those that have ended included. */
  private static double processorSeconds(long root) {
    return tree(root)
            .mapToLong(
                pid -> {
                  try {
                    String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
                    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
                    // utime, stime, and of children that it has waited for: cutime, cstime.
                    return Stream.of(11, 12, 13, 14)
                        .mapToLong(field -> Long.parseLong(fields[field]))
                        .sum();
                  } catch (IOException gone) {
                    return 0;
                  }
                })
            .sum()
        / TICKS;
  }

  private JsonObject control(String path) throws IOException, InterruptedException {
    return controlIfThere("GET", path, null)
        .orElseThrow(() -> new Trouble("the simulated clouds do not know " + path, "start them anew"));
  }

  private Optional<JsonObject> controlIfThere(String method, String path, String body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(control + path)).timeout(LONGEST_REQUEST);
    request.method(
        method,
        body == null
            ? HttpRequest.BodyPublishers.noBody()
            : HttpRequest.BodyPublishers.ofString(body));
    HttpResponse<String> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() == 404) {
      return Optional.empty();
    }
    if (answer.statusCode() != 200) {
      throw new Trouble(method + " " + path + ": " + answer.body(), "look at docs/sandbox.md");
    }
    try (JsonReader reader = Json.createReader(new StringReader(answer.body()))) {
      return Optional.of(reader.readObject());
    }
  }

  private static void requirePatience(Instant start, String state) {
    if (Duration.between(start, Instant.now()).compareTo(PATIENCE) > 0) {
      throw new Trouble(
          "not done after " + PATIENCE.toMinutes() + " minutes: " + state,
          "./isthmus logs isthmus tells more");
    }
  }

  private static double seconds(Instant since) {
    return Duration.between(since, Instant.now()).toMillis() / 1000.0;
  }
}
