package io.isthmus.domain.image;

import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.cloud.CloudConnection;
import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.cloud.Credential;
import io.isthmus.domain.cloud.Secret;
import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.language.Phrase;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.function.Predicate;

/**
 * Glance of several clouds, each with one OpenStack project (account) for each project of the
 * federation, as far as the port tells it. What is to go wrong is set before.
 */
final class SimulatedGlance implements ImageDriver {

  /** Ends the one who called, as a kill would. */
  static final class Crash extends Error {
    private static final long serialVersionUID = 1L;
  }

  /** What happens at a call. */
  enum Weather {
    FINE,
    /** Refused before it had an effect. */
    DOWN,
    /** It happened, and the answer was lost. */
    LOST_ANSWER,
    /** The caller dies before the call. */
    CRASH_BEFORE,
    /** The caller dies after the call. */
    CRASH_AFTER,
    /** What arrives is not what was sent; elsewhere as FINE. */
    DAMAGE
  }

  record Where(String cloud, String account, String region) {}

  static final class Stored {
    final String id;
    final Map<String, String> properties;
    CloudImage.Phase phase = CloudImage.Phase.QUEUED;
    ImageDigests digests = ImageDigests.NONE;
    long size;
    int looks;

    Stored(String id, Map<String, String> properties) {
      this.id = id;
      this.properties = properties;
    }
  }

  final Map<Where, Map<String, Stored>> images = new HashMap<>();
  final List<String> deleted = new ArrayList<>();
  final List<Where> sentTo = new ArrayList<>();
  final List<Where> downloads = new ArrayList<>();
  Predicate<String> full = cloud -> false;
  List<Weather> weather = new ArrayList<>();
  Map<String, String> accounts = new HashMap<>();
  int savingLooks;

  /** Whether what was sent is worked on for ever. */
  boolean neverActive;

  /** Clouds that download by themselves, and what they find. */
  final Set<String> downloading = new HashSet<>();

  Map<URI, byte[]> web = Map.of();

  /** With which words downloads are refused; empty when they are not. */
  String refusesDownload = "";

  /** Whether what a cloud downloads is made something else of. */
  boolean converts;

  /** Whether only an import is let in. */
  boolean noUpload;

  /** What others do when a search has just been answered; once. */
  Runnable afterFind = () -> {};

  private int last;

  /** The connection of a project to a cloud, whose account is the project's own. */
  static CloudConnection connection(ProjectId project, CloudId cloud) {
    return new CloudConnection(
        cloud,
        project,
        URI.create("https://" + cloud + ".example/v3"),
        "public",
        List.of(),
        Optional.empty(),
        new Credential.ApplicationCredential("id", Secret.of("secret")));
  }

  String account(CloudConnection connection) {
    return accounts.getOrDefault(
        connection.cloud() + " " + connection.project(), "os-" + connection.project());
  }

  Where where(CloudConnection connection, String region) {
    return new Where(connection.cloud().text(), account(connection), region);
  }

  Map<String, Stored> at(Where where) {
    return images.computeIfAbsent(where, none -> new LinkedHashMap<>());
  }

  /** Somebody's own, with this content. */
  String foreign(Where where, ImageDigests digests) {
    return foreign(where, digests, "raw");
  }

  String foreign(Where where, ImageDigests digests, String diskFormat) {
    Stored image =
        new Stored("foreign-" + ++last, Map.of("disk_format", diskFormat, "os_distro", "debian"));
    image.phase = CloudImage.Phase.ACTIVE;
    image.digests = digests;
    at(where).put(image.id, image);
    return image.id;
  }

  private Weather begin() {
    Weather now = weather.isEmpty() ? Weather.FINE : weather.remove(0);
    if (now == Weather.DOWN) {
      throw new FederationFault(FaultCode.CLOUD_UNAVAILABLE, Phrase.verbatim("down"));
    }
    if (now == Weather.CRASH_BEFORE) {
      throw new Crash();
    }
    return now;
  }

  private static void end(Weather now) {
    if (now == Weather.LOST_ANSWER) {
      throw new FederationFault(FaultCode.CLOUD_TIMEOUT, Phrase.verbatim("no answer"));
    }
    if (now == Weather.CRASH_AFTER) {
      throw new Crash();
    }
  }

  private static CloudImage told(Stored image) {
    return new CloudImage(
        image.id,
        "image",
        image.phase,
        image.phase.name(),
        OptionalLong.of(image.size),
        image.digests,
        Optional.empty(),
        image.properties);
  }

  @Override
  public Set<Way> ways(CloudConnection connection, String region) {
    end(begin());
    return downloading.contains(connection.cloud().text())
        ? Set.of(Way.UPLOAD, Way.GLANCE_DIRECT, Way.WEB_DOWNLOAD)
        : Set.of(Way.UPLOAD, Way.GLANCE_DIRECT);
  }

  @Override
  public List<CloudImage> find(CloudConnection connection, String region, ImageDigests digests) {
    Weather now = begin();
    List<CloudImage> found =
        at(where(connection, region)).values().stream()
            .filter(image -> image.phase == CloudImage.Phase.ACTIVE)
            .filter(image -> image.digests.sha512().equals(digests.sha512()))
            .map(SimulatedGlance::told)
            .toList();
    Runnable then = afterFind;
    afterFind = () -> {};
    then.run();
    end(now);
    return found;
  }

  @Override
  public Optional<CloudImage> look(CloudConnection connection, String region, String id) {
    Weather now = begin();
    Stored image = at(where(connection, region)).get(id);
    if (image != null
        && image.phase == CloudImage.Phase.SAVING
        && !neverActive
        && ++image.looks > savingLooks) {
      image.phase = CloudImage.Phase.ACTIVE;
    }
    end(now);
    return Optional.ofNullable(image).map(SimulatedGlance::told);
  }

  @Override
  public List<CloudImage> marked(CloudConnection connection, String region, String mark) {
    Weather now = begin();
    List<CloudImage> found =
        at(where(connection, region)).values().stream()
            .filter(image -> mark.equals(image.properties.get("isthmus_copy")))
            .map(SimulatedGlance::told)
            .toList();
    end(now);
    return found;
  }

  @Override
  public String register(CloudConnection connection, String region, ImageSpec image, String mark) {
    Weather now = begin();
    Map<String, String> properties = new HashMap<>(image.properties());
    properties.put("isthmus_copy", mark);
    properties.put("disk_format", image.diskFormat());
    properties.put("min_disk", Long.toString(image.minDiskGiB()));
    properties.put("min_ram", Long.toString(image.minRamMiB()));
    Stored made = new Stored("ours-" + ++last, properties);
    at(where(connection, region)).put(made.id, made);
    end(now);
    return made.id;
  }

  @Override
  public void upload(
      CloudConnection connection,
      String region,
      String id,
      Way way,
      Content content,
      LongConsumer sent,
      Instant deadline) {
    Weather now = begin();
    Where where = where(connection, region);
    if (full.test(where.cloud())) {
      throw new FederationFault(FaultCode.CLOUD_FULL, Phrase.verbatim("over quota"));
    }
    if (way == Way.UPLOAD && noUpload) {
      throw new FederationFault(FaultCode.CLOUD_REJECTED, Phrase.verbatim("policy forbids"));
    }
    sentTo.add(where);
    Stored image = at(where).get(id);
    if (image == null || image.phase != CloudImage.Phase.QUEUED) {
      throw new FederationFault(FaultCode.CLOUD_UNAVAILABLE, Phrase.verbatim("not queued"));
    }
    Digesting digesting = new Digesting();
    byte[] buffer = new byte[4096];
    try (InputStream bytes = content.open()) {
      for (int count = bytes.read(buffer); count >= 0; count = bytes.read(buffer)) {
        if (now == Weather.DAMAGE) {
          buffer[0]++;
        }
        digesting.add(buffer, count);
        sent.accept(digesting.offset());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    image.size = digesting.offset();
    image.digests = digesting.done();
    image.phase = CloudImage.Phase.SAVING;
    end(now);
  }

  @Override
  public void download(CloudConnection connection, String region, String id, URI source) {
    Weather now = begin();
    Stored image = at(where(connection, region)).get(id);
    if (image == null || image.phase != CloudImage.Phase.QUEUED) {
      throw new FederationFault(FaultCode.CLOUD_UNAVAILABLE, Phrase.verbatim("not queued"));
    }
    downloads.add(where(connection, region));
    if (!refusesDownload.isEmpty()) {
      throw new FederationFault(FaultCode.CLOUD_REJECTED, Phrase.verbatim(refusesDownload));
    }
    byte[] content = web.get(source);
    if (content == null) {
      image.phase = CloudImage.Phase.FAILED;
      end(now);
      return;
    }
    byte[] taken = content.clone();
    if (converts || now == Weather.DAMAGE) {
      taken[0]++;
    }
    Digesting digesting = new Digesting();
    digesting.add(taken, taken.length);
    image.size = taken.length;
    image.digests = digesting.done();
    image.phase = CloudImage.Phase.SAVING;
    end(now);
  }

  @Override
  public void delete(CloudConnection connection, String region, String id) {
    Weather now = begin();
    if (at(where(connection, region)).remove(id) != null) {
      deleted.add(id);
    }
    end(now);
  }
}
