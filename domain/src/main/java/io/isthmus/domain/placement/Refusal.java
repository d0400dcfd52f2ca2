package io.isthmus.domain.placement;

import io.isthmus.domain.cloud.Place;
import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.language.Phrase;
import java.time.Instant;

/**
 * A place that was tried, and the cloud refused.
 *
 * @param resource path of what could not be made there
 * @param place with a zone when only the zone refused
 * @param code CLOUD_FULL or QUOTA_EXCEEDED; CLOUD_UNAVAILABLE or CLOUD_TIMEOUT when it answered
 *     time and again that it cannot serve
 * @param reason what the cloud said
 */
public record Refusal(String resource, Place place, FaultCode code, Phrase reason, Instant at) {}
