/**
 * Journeys of people through the portal, in a real browser; elements are found by role and name.
 */
package io.isthmus.itests.browser;
