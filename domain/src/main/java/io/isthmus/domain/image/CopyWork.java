package io.isthmus.domain.image;

import io.isthmus.domain.cloud.CloudConnection;
import io.isthmus.domain.cloud.CloudConnections;
import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.image.CloudImage.Phase;
import io.isthmus.domain.language.Phrase;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Brings one copy to its cloud, or removes it. Each step may be the last: who comes after looks at
 * what is there, by id and by mark, and goes on. Nothing is asked of a cloud that was not written
 * down before, and nothing is written down once another has taken the copy over.
 */
final class CopyWork {

  private static final Logger LOG = Logger.getLogger(CopyWork.class.getName());

  /** How long an upload that another began is waited for before it is begun anew. */
  private static final Duration ANOTHERS = Duration.ofMinutes(15);

  /** How often content is sent in vain before it is left until it is wanted anew. */
  private static final int MOST_WASTED = 5;

  /** Before a cloud that is away is asked again. */
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

  /** Where more than a question is lost, and where nobody waits for what is to be removed. */
  private static final Duration LONGEST_REST = Duration.ofHours(1);

  /** From one look at what a cloud works on to the next; longer the longer it works. */
  private static final Duration SOONEST_LOOK = Duration.ofSeconds(2);

  private static final Duration LATEST_LOOK = Duration.ofSeconds(30);

  /** What another try does not change. */
  private static final Set<FaultCode> FINAL =
      Set.of(
          FaultCode.CLOUD_REJECTED,
          FaultCode.CLOUD_FULL,
          FaultCode.QUOTA_EXCEEDED,
          FaultCode.SOURCE_REJECTED);

  /** It is settled, and goes on in another way. */
  private static final class Elsewhere extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /** It is another's now; or this server ends. */
  private static final class Lost extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private final CopyQueue store;
  private final ImageStore images;
  private final ImageContents contents;
  private final CloudConnections connections;
  private final Supplier<ImageDriver> driver;
  private final Function<CloudConnection, String> accounts;
  private final Duration deadline;
  private final Duration lease;
  private final Clock clock;

  CopyWork(
      CopyQueue store,
      ImageStore images,
      ImageContents contents,
      CloudConnections connections,
      Supplier<ImageDriver> driver,
      Function<CloudConnection, String> accounts,
      Duration deadline,
      Duration lease,
      Clock clock) {
    this.store = store;
    this.images = images;
    this.contents = contents;
    this.connections = connections;
    this.driver = driver;
    this.accounts = accounts;
    this.deadline = deadline;
    this.lease = lease;
    this.clock = clock;
  }

  /** Does what is to be done, and records what came of it. Throws nothing but errors. */
  void run(CopyQueue.Job job) {
    Run run = new Run(job);
    try {
      run.go();
    } catch (Lost lost) {
      LOG.fine(() -> "another goes on with " + what(job));
    } catch (Elsewhere settled) {
      LOG.fine(() -> what(job) + " goes on in another way");
    } catch (FederationFault fault) {
      settle(job, new FederationFault(fault.code(), run.told(fault.phrase())), run.hasSent);
    } catch (UncheckedIOException e) {
      // Of our own content alone; clouds are told by faults.
      LOG.log(Level.SEVERE, "the content of " + what(job) + " cannot be read", e);
      store.failed(
          job,
          FaultCode.UNEXPECTED,
          Phrase.of("image.copy-unreadable", job.copy().image()),
          clock.instant());
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "copying " + what(job), e);
      settle(
          job,
          new FederationFault(
              FaultCode.UNEXPECTED, Phrase.of("image.copy-unexpected", job.copy().image())),
          true);
    }
  }

  private static String what(CopyQueue.Job job) {
    return "image %s to %s/%s"
        .formatted(job.copy().image(), job.copy().account().cloud(), job.copy().region());
  }

  /**
   * @param wasted whether content was sent in vain, or what went wrong is not the cloud's
   */
  private void settle(CopyQueue.Job job, FederationFault fault, boolean wasted) {
    Instant now = clock.instant();
    boolean coming = job.copy().state().isComing();
    if (coming && (FINAL.contains(fault.code()) || wasted && job.wasted() + 1 >= MOST_WASTED)) {
      LOG.warning(() -> what(job) + " failed: " + fault.getMessage());
      store.failed(job, fault.code(), fault.phrase(), now);
    } else {
      long shift = Math.min(job.copy().attempts(), 10);
      Duration wait = Duration.ofSeconds(5L << shift);
      Duration longest = coming && !wasted ? LONGEST_PAUSE : LONGEST_REST;
      store.again(
          job,
          fault.code(),
          fault.phrase(),
          wasted,
          now.plus(wait.compareTo(longest) < 0 ? wait : longest));
    }
  }

  /** One job. */
  private final class Run {

    private final CopyQueue.Job job;
    private final ImageCopy copy;
    private final Instant end = clock.instant().plus(deadline);
    private CloudConnection connection;

    /** Whether content has gone to the cloud. */
    private boolean hasSent;

    private Optional<URI> source = Optional.empty();
    private Optional<ImageDriver.Way> way;
    private Optional<Instant> wait;
    private Instant handedAt;

    Run(CopyQueue.Job job) {
      this.job = job;
      this.copy = job.copy();
      this.way = copy.way();
      this.wait = job.waitUntil();
      this.handedAt = copy.changedAt();
    }

    /** Clouds repeat what they were given, and a signed address lets one in. */
    private Phrase told(Phrase why) {
      return ImageSources.hiding(source, why);
    }

    void go() {
      Optional<CloudConnection> way = connections.find(copy.project(), copy.account().cloud());
      switch (copy.state()) {
        case REMOVING -> {
          if (!copy.made() && copy.glanceId().isPresent()) {
            // Found there, not made: it is forgotten, and stays.
            require(store.gone(job, clock.instant()));
          } else if (copy.glanceId().isPresent() && store.handOver(job)) {
            LOG.fine(() -> what(job) + " belongs to another image now");
          } else {
            if (isReachable(way)) {
              remove();
            } else {
              LOG.info(() -> what(job) + " stays there: the project has no way in any more");
            }
            require(store.gone(job, clock.instant()));
          }
        }
        case GONE -> {
          if (isReachable(way)) {
            deleteOthers(Optional.empty());
          }
          if (!store.vanish(job)) {
            store.rest(job);
          }
        }
        case ACTIVE -> {
          if (isReachable(way)) {
            deleteOthers(copy.made() ? copy.glanceId() : Optional.empty());
          }
          require(store.rest(job));
        }
        case FAILED -> {
          if (isReachable(way)) {
            deleteOthers(Optional.empty());
          }
          require(store.rest(job));
        }
        case WANTED, COPYING, VERIFYING -> {
          connect(way);
          bring();
        }
      }
    }

    /** What is in an account that the project has no way into any more is out of our hands. */
    private boolean isReachable(Optional<CloudConnection> way) {
      if (way.isEmpty() || !accounts.apply(way.get()).equals(copy.account().id())) {
        return false;
      }
      connection = way.get();
      return true;
    }

    private void connect(Optional<CloudConnection> way) {
      connection =
          way.orElseThrow(
              () ->
                  new FederationFault(
                      FaultCode.CLOUD_UNAVAILABLE,
                      Phrase.of("image.no-access", copy.account().cloud())));
      // The access may lead elsewhere since: nothing goes to whom nobody asked for.
      String account = accounts.apply(connection);
      if (!account.equals(copy.account().id())) {
        throw new FederationFault(
            FaultCode.CLOUD_REJECTED,
            Phrase.of("image.other-account", copy.account().cloud(), copy.account().id(), account));
      }
    }

    private void remove() {
      copy.glanceId()
          .flatMap(id -> driver().look(connection, copy.region(), id))
          .filter(this::isOurs)
          .ifPresent(
              image -> {
                // Who took it over may have handed it to another image, with our mark.
                require(store.renew(job, until()));
                driver().delete(connection, copy.region(), image.id());
              });
      deleteOthers(Optional.empty());
    }

    /** All that carries our mark, but one. */
    private void deleteOthers(Optional<String> kept) {
      for (CloudImage image : driver().marked(connection, copy.region(), copy.mark())) {
        if (isOurs(image) && !kept.equals(Optional.of(image.id()))) {
          require(store.renew(job, until()));
          driver().delete(connection, copy.region(), image.id());
        }
      }
    }

    private boolean isOurs(CloudImage image) {
      return copy.mark().equals(image.properties().get(MARK));
    }

    private void bring() {
      ProjectImage image = images.find(copy.image()).orElseThrow(Lost::new);
      source = image.source();
      if (!copy.made() && copy.glanceId().isPresent() && isUsed(image, copy.glanceId().get())) {
        return;
      }
      Optional<CloudImage> there =
          copy.glanceId()
              .filter(id -> copy.made())
              .flatMap(id -> driver().look(connection, copy.region(), id));
      if (there.isEmpty()) {
        if (copy.glanceId().isPresent()) {
          require(store.forget(job));
        }
        List<CloudImage> ours =
            driver().marked(connection, copy.region(), copy.mark()).stream()
                .filter(this::isOurs)
                .toList();
        there =
            ours.stream()
                .filter(one -> one.phase() == Phase.ACTIVE)
                .findFirst()
                .or(() -> ours.stream().findFirst());
        if (there.isPresent()) {
          require(store.registered(job, there.get().id(), clock.instant()));
        }
      }
      if (there.isEmpty()) {
        // What was waited for is gone.
        wait = Optional.empty();
        Optional<CloudImage> same = recognised(image);
        if (same.isPresent()) {
          require(store.found(job, same.get().id()));
          if (isUsed(image, same.get().id())) {
            return;
          }
        }
        require(store.copying(job, clock.instant()));
        String id = driver().register(connection, copy.region(), image.spec(), copy.mark());
        require(store.registered(job, id, clock.instant()));
        there = driver().look(connection, copy.region(), id);
      }
      CloudImage ours = there.orElseThrow(this::vanished);
      if (ours.phase() != Phase.SAVING) {
        deleteOthers(Optional.of(ours.id()));
      }
      fill(image, ours);
    }

    /**
     * Uses what is not ours. Looks only after it is written down that it was found: if it is
     * another image's copy, either that one sees this before it is deleted, or it is seen here that
     * it goes.
     *
     * @return false when it is not there any more, or another by now
     */
    private boolean isUsed(ProjectImage image, String id) {
      if (store.isLeaving(copy, id)) {
        throw new FederationFault(
            FaultCode.CONFLICT,
            Phrase.of("image.copy-leaving", copy.account().cloud(), copy.region()));
      }
      boolean same =
          driver()
              .look(connection, copy.region(), id)
              .filter(found -> found.phase() == Phase.ACTIVE)
              .filter(found -> isSame(image, found.digests()))
              .isPresent();
      if (same) {
        require(store.active(job, id, false, clock.instant()));
      }
      return same;
    }

    /** The same content, which somebody has brought there. */
    private Optional<CloudImage> recognised(ProjectImage image) {
      return driver().find(connection, copy.region(), image.digests()).stream()
          .filter(found -> found.phase() == Phase.ACTIVE)
          .filter(found -> isSame(image, found.digests()))
          // MD5 alone can be made to agree.
          .filter(
              found -> found.digests().sha512().isPresent() || found.digests().sha256().isPresent())
          .filter(found -> isAlike(image, found))
          .filter(found -> !store.isLeaving(copy, found.id()))
          .findFirst();
    }

    /**
     * The same bytes can be registered as something else, and give servers other hardware or need
     * more than was planned for.
     */
    private static boolean isAlike(ProjectImage image, CloudImage found) {
      Map<String, String> has = found.properties();
      return has.getOrDefault("disk_format", image.format().text()).equals(image.format().text())
          && Long.parseLong(has.getOrDefault("min_disk", "0")) <= image.minDiskGiB()
          && Long.parseLong(has.getOrDefault("min_ram", "0")) <= image.minRamMiB()
          && has.entrySet().containsAll(image.properties().entrySet())
          && has.keySet().stream()
              .filter(key -> key.startsWith("hw_"))
              .allMatch(image.properties()::containsKey);
    }

    private void fill(ProjectImage image, CloudImage there) {
      switch (there.phase()) {
        case QUEUED -> {
          // What never got all of it gets it now; what did may not have begun to work on it.
          boolean isHanded = copy.state() == ImageCopy.State.VERIFYING || isDownload();
          if (wait.isEmpty() || !isHanded) {
            give(image, there.id());
            seen(
                image,
                driver().look(connection, copy.region(), there.id()).orElseThrow(this::vanished));
          } else {
            seen(image, there);
          }
        }
        case SAVING, ACTIVE, FAILED, UNUSABLE -> seen(image, there);
      }
    }

    private void seen(ProjectImage image, CloudImage there) {
      if (there.phase() == Phase.SAVING || there.phase() == Phase.QUEUED) {
        await(there);
      } else {
        finish(image, there);
      }
    }

    private void give(ProjectImage image, String id) {
      Set<ImageDriver.Way> ways = driver().ways(connection, copy.region());
      Optional<URI> download =
          image.source().filter(at -> ways.contains(ImageDriver.Way.WEB_DOWNLOAD));
      if (download.isPresent() && !job.streamed()) {
        way = Optional.of(ImageDriver.Way.WEB_DOWNLOAD);
        // Written down before it is asked: who takes it over waits for it.
        require(handed(0));
        download(id, download.get());
      } else {
        upload(image, id, ways);
      }
    }

    private void download(String id, URI source) {
      try {
        driver().download(connection, copy.region(), id, source);
      } catch (FederationFault fault) {
        if (fault.code() != FaultCode.CLOUD_REJECTED) {
          throw fault;
        }
        // By what it lets be downloaded, such as web-download's allowed ports.
        streamInstead(
            id, Phrase.of("image.download-failed", copy.account().cloud(), fault.phrase()));
      }
    }

    /**
     * What is said of the copy until it is done, and nobody asks this cloud to download it anew.
     */
    private void streamInstead(String id, Phrase said) {
      Phrase why = told(said);
      driver().delete(connection, copy.region(), id);
      LOG.warning(() -> "%s: %s".formatted(what(job), why));
      require(store.stream(job, FaultCode.CLOUD_REJECTED, why, clock.instant()));
      throw new Elsewhere();
    }

    private void upload(ProjectImage image, String id, Set<ImageDriver.Way> ways) {
      try {
        send(image, id, ImageDriver.Way.UPLOAD);
      } catch (FederationFault fault) {
        // Each Glance has it, but not each lets everybody use it.
        if (fault.code() != FaultCode.CLOUD_REJECTED
            || !ways.contains(ImageDriver.Way.GLANCE_DIRECT)
            || !isQueued(id)) {
          throw fault;
        }
        send(image, id, ImageDriver.Way.GLANCE_DIRECT);
      }
      require(handed(image.size()));
    }

    private boolean handed(long bytes) {
      wait = Optional.of(end);
      handedAt = clock.instant();
      return store.handed(job, way.orElseThrow(), bytes, end, handedAt);
    }

    private boolean isQueued(String id) {
      return driver()
          .look(connection, copy.region(), id)
          .filter(image -> image.phase() == Phase.QUEUED)
          .isPresent();
    }

    private void send(ProjectImage image, String id, ImageDriver.Way by) {
      way = Optional.of(by);
      require(store.sent(job, by, 0, until()));
      try {
        driver()
            .upload(
                connection,
                copy.region(),
                id,
                by,
                contents.of(image, end),
                bytes -> {
                  hasSent = true;
                  require(store.sent(job, by, bytes, until()));
                },
                end);
      } catch (UncheckedIOException e) {
        if (e.getCause() instanceof SourceBroken broken) {
          hasSent = true;
          throw broken.fault();
        }
        throw e;
      }
    }

    /** It is looked at again later; nobody stands by meanwhile. */
    private void await(CloudImage there) {
      Instant now = clock.instant();
      // What had all of it needs its time; what had not may never get the rest, and what has not
      // begun may have been forgotten.
      Instant patience =
          wait.orElseGet(
              () -> copy.state() == ImageCopy.State.VERIFYING ? end : now.plus(ANOTHERS));
      Instant begun = handedAt.plus(ANOTHERS);
      boolean isOver =
          !now.isBefore(patience) || there.phase() == Phase.QUEUED && !now.isBefore(begun);
      if (!isOver) {
        Duration tenth = Duration.between(handedAt, now).dividedBy(10);
        Duration pause = tenth.compareTo(LATEST_LOOK) > 0 ? LATEST_LOOK : tenth;
        require(
            store.waits(
                job, now.plus(pause.compareTo(SOONEST_LOOK) < 0 ? SOONEST_LOOK : pause), patience));
        return;
      }
      Phrase late = Phrase.of("image.copy-too-slow", copy.account().cloud(), there.status());
      if (isDownload()) {
        streamInstead(there.id(), Phrase.of("image.download-failed", copy.account().cloud(), late));
      }
      // Begun by who is no more, or the cloud has lost it: it is begun anew.
      hasSent = true;
      driver().delete(connection, copy.region(), there.id());
      throw new FederationFault(FaultCode.CLOUD_TIMEOUT, late);
    }

    private boolean isDownload() {
      return way.equals(Optional.of(ImageDriver.Way.WEB_DOWNLOAD));
    }

    /** Whether what the cloud has is what was sent. */
    private void finish(ProjectImage image, CloudImage there) {
      if (there.phase() == Phase.UNUSABLE) {
        throw new FederationFault(
            FaultCode.CLOUD_REJECTED,
            Phrase.of("image.copy-unusable", copy.account().cloud(), there.id(), there.status()));
      }
      if (there.phase() == Phase.FAILED && isDownload()) {
        streamInstead(
            there.id(),
            Phrase.of(
                "image.download-failed",
                copy.account().cloud(),
                there.trouble().orElse(Phrase.verbatim(there.status()))));
      }
      if (there.phase() == Phase.FAILED) {
        driver().delete(connection, copy.region(), there.id());
        throw new FederationFault(
            FaultCode.CLOUD_REJECTED,
            Phrase.of(
                "image.copy-broken",
                copy.account().cloud(),
                there.trouble().orElse(Phrase.verbatim(there.status()))));
      }
      ImageDigests told = there.digests();
      if (!tells(told)) {
        driver().delete(connection, copy.region(), there.id());
        throw new FederationFault(
            FaultCode.CLOUD_REJECTED,
            Phrase.of("image.copy-untold", copy.account().cloud(), there.id()));
      }
      if (!isSame(image, told)) {
        String is = told.sha512().or(told::sha256).or(told::md5).orElseThrow();
        String should =
            told.sha512().isPresent()
                ? image.digests().sha512().orElseThrow()
                : told.sha256().isPresent()
                    ? image.digests().sha256().orElseThrow()
                    : image.digests().md5().orElseThrow();
        if (isDownload()) {
          streamInstead(
              there.id(), Phrase.of("image.download-differs", copy.account().cloud(), should));
        }
        driver().delete(connection, copy.region(), there.id());
        LOG.severe(() -> "%s: the content differs, the copy was deleted".formatted(what(job)));
        throw new FederationFault(
            FaultCode.CLOUD_REJECTED,
            Phrase.of("image.copy-differs", copy.account().cloud(), is, should));
      }
      require(store.active(job, there.id(), true, clock.instant()));
      LOG.info(() -> what(job) + " is there and verified");
    }

    private FederationFault vanished() {
      return new FederationFault(
          FaultCode.CLOUD_UNAVAILABLE, Phrase.of("image.copy-vanished", copy.account().cloud()));
    }

    private ImageDriver driver() {
      if (Thread.currentThread().isInterrupted()) {
        throw new Lost();
      }
      return driver.get();
    }

    private Instant until() {
      return clock.instant().plus(lease);
    }
  }

  /** Glance's property that holds the mark of a copy of ours. */
  static final String MARK = "isthmus_copy";

  private static boolean tells(ImageDigests told) {
    return told.sha512().isPresent() || told.sha256().isPresent() || told.md5().isPresent();
  }

  /** By the strongest digest that the cloud tells, and none may differ. */
  private static boolean isSame(ProjectImage image, ImageDigests told) {
    ImageDigests ours = image.digests();
    return tells(told)
        && agrees(ours.sha512(), told.sha512())
        && agrees(ours.sha256(), told.sha256())
        && agrees(ours.md5(), told.md5());
  }

  private static boolean agrees(Optional<String> ours, Optional<String> told) {
    return told.isEmpty() || ours.filter(digest -> digest.equalsIgnoreCase(told.get())).isPresent();
  }

  private static void require(boolean recorded) {
    if (!recorded) {
      throw new Lost();
    }
  }
}
