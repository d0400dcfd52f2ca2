package io.isthmus.domain.cloud;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.util.Objects;

@Entity
@Table(name = "equivalence")
@IdClass(StoredEquivalence.Key.class)
class StoredEquivalence {

  /** One name of one kind in one cloud. */
  static class Key implements Serializable {
    private static final long serialVersionUID = 1L;
    private Equivalence.Kind kind;
    private String name;
    private String cloud;

    protected Key() {}

    Key(Equivalence equivalence) {
      kind = equivalence.kind();
      name = equivalence.name();
      cloud = equivalence.cloud().text();
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Key key
          && key.kind == kind
          && key.name.equals(name)
          && key.cloud.equals(cloud);
    }

    @Override
    public int hashCode() {
      return Objects.hash(kind, name, cloud);
    }
  }

  @Id
  @Enumerated(EnumType.STRING)
  private Equivalence.Kind kind;

  @Id private String name;
  @Id private String cloud;

  @Column(name = "local_name")
  private String localName;

  protected StoredEquivalence() {}

  StoredEquivalence(Equivalence equivalence) {
    kind = equivalence.kind();
    name = equivalence.name();
    cloud = equivalence.cloud().text();
    localName = equivalence.localName();
  }

  Equivalence toEquivalence() {
    return new Equivalence(kind, name, new CloudId(cloud), localName);
  }
}
