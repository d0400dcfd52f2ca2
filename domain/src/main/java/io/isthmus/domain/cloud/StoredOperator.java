package io.isthmus.domain.cloud;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.Optional;

@Entity
@Table(name = "cloud_operator")
class StoredOperator {

  @Id private String id;
  private String name;
  private String seat;

  @Column(name = "exposed_to")
  private String exposedTo;

  private boolean known;

  protected StoredOperator() {}

  StoredOperator(String id) {
    this.id = id;
  }

  void become(Operator operator) {
    name = operator.name();
    known = operator.known();
    seat = operator.seat().orElse(null);
    exposedTo = operator.exposedTo().map(FactsJson::writeTexts).orElse(null);
  }

  Operator toOperator() {
    return new Operator(
        id,
        name,
        Optional.ofNullable(seat),
        Optional.ofNullable(exposedTo).map(text -> java.util.Set.copyOf(FactsJson.readTexts(text))),
        known);
  }
}
