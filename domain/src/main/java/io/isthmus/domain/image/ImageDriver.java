package io.isthmus.domain.image;

import io.isthmus.domain.cloud.CloudConnection;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongConsumer;

/**
 * Port: images of one region of a cloud. Never called within a transaction. Implemented by {@code
 * openstack}; thread-safe. Every verb throws {@link io.isthmus.domain.fault.FederationFault} with
 * CLOUD_UNAVAILABLE, CLOUD_TIMEOUT, CLOUD_CREDENTIAL_REJECTED, CLOUD_REJECTED or CLOUD_GARBLED;
 * details name the cloud and the call.
 */
public interface ImageDriver {

  /** How content can reach a cloud. */
  enum Way {
    /** {@code PUT /v2/images/{id}/file}: every Glance has it. */
    UPLOAD,
    /** Interoperable import from staged content. */
    GLANCE_DIRECT,
    /** Interoperable import by which the cloud itself downloads from a URL. */
    WEB_DOWNLOAD
  }

  /** Content that can be read from its beginning as often as wished. */
  interface Content {
    long size();

    InputStream open() throws IOException;
  }

  /** The ways that the region offers, as {@code GET /v2/info/import} tells. */
  Set<Way> ways(CloudConnection connection, String region);

  /**
   * The project's own images, active ones only, whose content has one of these digests; asked of
   * the cloud by {@code os_hash_value} where it has one. What others share or publish they may take
   * away.
   */
  List<CloudImage> find(CloudConnection connection, String region, ImageDigests digests);

  /** One by its id; empty when it is not there. */
  Optional<CloudImage> look(CloudConnection connection, String region, String id);

  /**
   * Those that carry the property {@code isthmus_copy} with this value, in whatever phase, oldest
   * first: by it a registration whose answer was lost is found again.
   */
  List<CloudImage> marked(CloudConnection connection, String region, String mark);

  /**
   * Registers a private image without content, with the property {@code isthmus_copy}.
   *
   * @return its id
   */
  String register(CloudConnection connection, String region, ImageSpec image, String mark);

  /**
   * Streams the content up and returns when the cloud has taken all of it; it may not be active
   * yet. Never holds the content in memory. Throws CONFLICT too, when the image takes no content
   * any more, QUOTA_EXCEEDED and CLOUD_FULL; and {@link java.io.UncheckedIOException} when the
   * content cannot be read.
   *
   * @param way UPLOAD or GLANCE_DIRECT
   * @param sent told the bytes sent so far, at most a few times a second
   * @param deadline after it the call is given up
   */
  void upload(
      CloudConnection connection,
      String region,
      String id,
      Way way,
      Content content,
      LongConsumer sent,
      Instant deadline);

  /** Has the cloud download the content itself; returns when it has taken the request. */
  void download(CloudConnection connection, String region, String id, URI source);

  /** Deletes; what is not there is well. */
  void delete(CloudConnection connection, String region, String id);
}
