/** What a server wrote to its console, read from its cloud when somebody asks, and kept nowhere. */
package io.isthmus.domain.stack.console;
