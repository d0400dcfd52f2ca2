/** Samples to begin with: a template with a policy, the same files that lie in the repository. */
package io.isthmus.domain.sample;
