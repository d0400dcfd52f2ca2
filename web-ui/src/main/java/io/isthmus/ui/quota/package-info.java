/** What a project may have, and has. */
package io.isthmus.ui.quota;
