package io.isthmus.domain.cloud;

import java.net.URI;
import java.util.Optional;

/**
 * A member cloud as it is registered.
 *
 * @param hue 1 to 8, chosen when it was added and kept
 * @param enabled whether new resources may go there
 * @param authUrl Keystone's base URL
 * @param endpointInterface {@code public}, {@code internal} or {@code admin}
 * @param caCertificates PEM of the authorities to trust instead of the system's
 * @param version to be given back when it is changed, so that nobody overwrites another's change
 */
public record Cloud(
    CloudId id,
    String name,
    int hue,
    boolean enabled,
    CloudFacts facts,
    URI authUrl,
    String endpointInterface,
    Optional<String> caCertificates,
    long version) {}
