/**
 * Webhooks: who wants to be told of what happens to stacks and clouds, and the telling: signed, at
 * least once, in order, given up in the end.
 */
package io.isthmus.domain.webhook;
