/** Tables as text that spreadsheets and programs read. A leaf that anyone may use. */
package io.isthmus.domain.csv;
