/** What the federation itself lets tenants and projects have, over all clouds or parts of them. */
package io.isthmus.domain.quota;
