package io.isthmus.domain.quota;

/**
 * Fired within the transaction in which a request was made or ended.
 *
 * @param request as it is now
 */
public record QuotaRequestChanged(QuotaRequest request) {}
