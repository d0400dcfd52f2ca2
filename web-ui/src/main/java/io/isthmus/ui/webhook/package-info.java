/** Who is told of what happens: the project's webhooks, and those of the federation. */
package io.isthmus.ui.webhook;
