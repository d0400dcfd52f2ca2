/**
 * Reading YAML that people wrote: bounded, and with the place of everything kept for error
 * messages. A leaf.
 */
package io.isthmus.domain.yaml;
