package io.isthmus.rest.cloud;

import io.isthmus.domain.placement.Capability;
import io.isthmus.domain.placement.CapabilityMatrix;
import io.isthmus.domain.placement.CapabilityMatrix.Cell;
import io.isthmus.domain.placement.CapabilityMatrix.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One capability in one region of one cloud.
 *
 * @param region absent for a cloud that was never looked at
 * @param capability as policies write it
 * @param offer {@code offered}, {@code silent}, {@code absent} or {@code unknown}
 * @param problem why the service does not answer; only where it is silent
 */
public record CapabilityBody(
    String cloud, String region, String capability, String offer, String version, String problem) {

  static List<CapabilityBody> of(CapabilityMatrix matrix, Locale locale) {
    List<CapabilityBody> all = new ArrayList<>();
    for (Column column : matrix.columns()) {
      for (Capability capability : Capability.values()) {
        Cell cell = column.of(capability);
        all.add(
            new CapabilityBody(
                column.cloud().text(),
                column.region().isEmpty() ? null : column.region(),
                capability.word(),
                cell.offer().name().toLowerCase(Locale.ROOT),
                cell.version().orElse(null),
                cell.problem().map(why -> why.in(locale)).orElse(null)));
      }
    }
    return all;
  }

  /** The names of a record's cells, as in JSON. */
  static final List<String> NAMES =
      List.of("cloud", "region", "capability", "offer", "version", "problem");

  List<String> cells() {
    List<String> cells = new ArrayList<>();
    for (String cell : new String[] {cloud, region, capability, offer, version, problem}) {
      cells.add(cell == null ? "" : cell);
    }
    return cells;
  }
}
