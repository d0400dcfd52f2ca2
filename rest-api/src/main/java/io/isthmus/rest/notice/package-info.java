/** What a project's people should know. */
package io.isthmus.rest.notice;
