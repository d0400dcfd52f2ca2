/**
 * What a project's people should know although they did not ask: stacks that are done or have
 * failed, clouds that went dark or came back, credentials that are about to expire, requests for
 * larger quotas that were decided, budgets that are being used up. Each reader has seen it up to a
 * moment.
 */
package io.isthmus.domain.notice;
