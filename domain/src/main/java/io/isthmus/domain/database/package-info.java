/** A little less ceremony around JDBC. */
package io.isthmus.domain.database;
