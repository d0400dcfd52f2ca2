package io.isthmus.domain.image;

import io.isthmus.domain.access.Caller;
import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.cloud.AddressGuard;
import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.start.TestDatabase;
import io.isthmus.domain.tenant.TenantService;
import io.isthmus.domain.tenant.TenantStores;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.sql.DataSource;

/** All that keeps and copies images, on a real database, before simulated clouds. */
final class Bench implements AutoCloseable {

  static final ProjectId DEMO = ProjectId.parse("acme/demo");
  static final ProjectId OTHER = ProjectId.parse("globex/demo");
  static final Caller ALICE = new Caller("a-1", "alice", Set.of("acme"), Set.of());
  static final Caller BOB = new Caller("b-2", "bob", Set.of("globex"), Set.of());
  static final Duration LEASE = Duration.ofMinutes(2);

  final SetClock clock = new SetClock();
  final SimulatedGlance glance = new SimulatedGlance();
  final List<ImageUses.Use> uses = new ArrayList<>();
  final Set<CloudId> unreachable = new HashSet<>();
  final Path directory;
  final TestDatabase database = TestDatabase.create();
  private final Connection connection = connected(database);
  private final DataSource kept = kept(connection);
  final ImageStore store = new ImageStore(kept);
  final CopyStore copies = new CopyStore(kept);
  final CopyQueue queue = new CopyQueue(kept);
  final SimulatedSources sources = new SimulatedSources();
  final ImageContents contents;
  final ImageReader reader;
  final ImageFiles files;
  final Uploads uploads;
  final Images images;
  final CopyWork work;
  private final ImageSettings settings;

  Bench(long largestGib, long totalGib) {
    try {
      directory = Files.createTempDirectory("images");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    settings =
        new ImageSettings(
            Optional.of(directory.toString()), largestGib, totalGib, Duration.ofHours(1), 2, false);
    TenantService tenants = TenantStores.withProjects(database, DEMO, OTHER);
    files = new ImageFiles(settings);
    uploads = new Uploads(store, files, clock);
    images =
        new Images(
            store,
            copies,
            uploads,
            files,
            settings,
            project -> project.equals(DEMO) ? uses : List.of(),
            new AddressGuard("production", Optional.empty()),
            tenants,
            clock);
    contents = new ImageContents(files, sources, clock, clock::pass);
    reader = new ImageReader(store, contents, settings, clock, submitting(Runnable::run));
    work =
        new CopyWork(
            queue,
            store,
            contents,
            (project, cloud) ->
                unreachable.contains(cloud)
                    ? Optional.empty()
                    : Optional.of(SimulatedGlance.connection(project, cloud)),
            () -> glance,
            glance::account,
            settings.deadline(),
            LEASE,
            clock);
    glance.web = sources.contents;
  }

  Bench() {
    this(1, 2);
  }

  /** Begins what is to be done on the executor, which may do it later. */
  ImageCopier copier(Executor executor) {
    return new ImageCopier(
        queue, store, files, uploads, work, settings, clock, submitting(executor));
  }

  private static ExecutorService submitting(Executor executor) {
    return new AbstractExecutorService() {
      @Override
      public void execute(Runnable command) {
        executor.execute(command);
      }

      @Override
      public void shutdown() {}

      @Override
      public List<Runnable> shutdownNow() {
        return List.of();
      }

      @Override
      public boolean isShutdown() {
        return false;
      }

      @Override
      public boolean isTerminated() {
        return false;
      }

      @Override
      public boolean awaitTermination(long timeout, TimeUnit unit) {
        return true;
      }
    };
  }

  static NewImage raw(ProjectId project, String name, long size) {
    return new NewImage(
        project,
        name,
        "",
        "raw",
        0,
        0,
        Map.of("os_distro", "debian"),
        size,
        Optional.empty(),
        Optional.empty(),
        false,
        Optional.empty());
  }

  static byte[] content(int size, int seed) {
    byte[] bytes = new byte[size];
    for (int i = 0; i < size; i++) {
      bytes[i] = (byte) (i * 31 + seed);
    }
    return bytes;
  }

  /** An image whose content is here. */
  ProjectImage kept(NewImage wanted, Caller caller, int seed) {
    ProjectImage image = images.add(wanted, caller);
    images.append(
        wanted.project(),
        image.id(),
        0,
        new ByteArrayInputStream(content((int) wanted.size(), seed)),
        caller);
    return store.find(image.id()).orElseThrow();
  }

  /** Does all that is due until nothing is for a while. */
  void settle() {
    for (int idle = 0; idle < 70; ) {
      List<CopyQueue.Job> jobs = take();
      jobs.forEach(work::run);
      store.forgetLeft(clock.instant()).forEach(files::delete);
      if (jobs.isEmpty()) {
        idle++;
        clock.pass(Duration.ofMinutes(1));
      } else {
        idle = 0;
      }
    }
  }

  /** Takes all that is due. */
  List<CopyQueue.Job> take() {
    List<CopyQueue.Job> jobs = new ArrayList<>();
    for (boolean coming : List.of(true, false)) {
      jobs.addAll(queue.take(coming, 10, clock.instant().plus(LEASE), clock.instant()));
    }
    return jobs;
  }

  /** Does what is due now. */
  void step() {
    take().forEach(work::run);
  }

  /** The same, and its server may die of it. */
  void stepOrDie() {
    try {
      step();
    } catch (SimulatedGlance.Crash died) {
      // Its lease ends by itself.
      clock.pass(Duration.ofSeconds(1));
    }
  }

  private static Connection connected(TestDatabase database) {
    try {
      return database.dataSource().getConnection();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Gives one connection again and again: to connect takes far longer than to ask. */
  static DataSource kept(Connection connection) {
    Connection open =
        (Connection)
            Proxy.newProxyInstance(
                Bench.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (proxy, method, arguments) ->
                    method.getName().equals("close") ? null : method.invoke(connection, arguments));
    return (DataSource)
        Proxy.newProxyInstance(
            Bench.class.getClassLoader(),
            new Class<?>[] {DataSource.class},
            (proxy, method, arguments) -> open);
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    database.close();
    try (Stream<Path> all = Files.walk(directory)) {
      all.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(java.io.File::delete);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
