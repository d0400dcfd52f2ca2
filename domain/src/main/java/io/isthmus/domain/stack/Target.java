package io.isthmus.domain.stack;

import io.isthmus.domain.cloud.CloudConnection;

/** One region of one cloud, as one project reaches it. */
public record Target(CloudConnection connection, String region) {}
